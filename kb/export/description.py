"""What describes an export: its README for people, its data package for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from kb.export.tables import TABLES

_README = """# ฐานความรู้แผนพัฒนา · A knowledge base of development plans

ชุดข้อมูลนี้ส่งออกด้วย phaen {version} จากฐานความรู้หนึ่งฐาน ข้อมูล ณ {as_of} (เวลาที่เพิ่มเอกสารล่าสุด)
This data set was exported with phaen {version} from one knowledge base, as of {as_of} (when the
latest document was added).

| table | what | rows |
|---|---|---|
{rows}

- `dictionary.csv`: ทุกคอลัมน์และความหมาย · every column and what it means; `datapackage.json` tells
  programs the same (Frictionless Data Package).
- `documents` คือที่มา คอลัมน์ `document` และ `page` ของข้อความและโครงการชี้ไปยังไฟล์และหน้า · `documents`
  are the sources: `document` and `page` of a statement or project name its file and page.
- ปีเป็น พ.ศ. เงินเป็นบาท ช่องว่างคือเอกสารไม่ได้บอก · years are Buddhist Era (CE + 543), money is baht, an
  empty cell is what the document does not tell.
- รายการที่คนตัดสินว่าผิดไม่อยู่ในชุดนี้ `confidence` ต่ำควรตรวจกับต้นฉบับ · records a person rejected are
  left out; check those of low `confidence` against the source.
- CSV: UTF-8 with BOM. ข้อความที่ขึ้นต้นด้วย = + - @ มี ' นำหน้า เพื่อไม่ให้โปรแกรมตารางอ่านเป็นสูตร · texts that
  begin with = + - @ have ' before them, so that no spreadsheet takes them for a formula{parquet}.

## ตรวจความครบถ้วน · To check the files
`sha256sum --check SHA256SUMS`

## การอ้างอิง · To cite
อ้างถึงเอกสารต้นฉบับก่อนเสมอ (หน่วยงาน ชื่อแผน ปี หน้า) แล้วจึงชุดข้อมูลนี้พร้อม SHA-256 ของไฟล์ `SHA256SUMS`
Cite the plan itself first (body, title, years, page), then this data set with the SHA-256 of its
`SHA256SUMS`, for example:

> ฐานความรู้แผนพัฒนา ส่งออกด้วย phaen {version}, {documents} เอกสาร, ข้อมูล ณ {as_of}.
> A knowledge base of development plans, exported with phaen {version}, {documents} documents,
> as of {as_of}.

ถ้อยคำเป็นของหน่วยงานที่เผยแพร่ · the words are those of the bodies that published them.
"""


def readme(counts: Mapping[str, int], as_of: str | None, formats: Sequence[str]) -> str:
    """Return the README; `counts` are rows by table, `as_of` when the last document was added."""
    rows = "\n".join(
        f"| `{table.name}` | {table.thai} · {table.english} | {counts[table.name]:,} |"
        for table in TABLES
    )
    return _README.format(
        version=version("phaen"),
        as_of=as_of or "–",
        rows=rows,
        documents=f"{counts['documents']:,}",
        parquet=" (in Parquet they stand as they are)" if "parquet" in formats else "",
    )


def data_package(formats: tuple[str, ...]) -> dict[str, Any]:
    """Return the tables as a Frictionless Data Package, version 1 (specs.frictionlessdata.io)."""
    kinds = {"decimal": "number"}
    return {
        "profile": "data-package",
        "name": "phaen-knowledge-base",
        "title": "ฐานความรู้แผนพัฒนา · a knowledge base of development plans",
        "created_with": f"phaen {version('phaen')}",
        "resources": [
            {
                "name": f"{table.name}-{kind}",
                "path": f"{table.name}.{kind}",
                "format": kind,
                "title": table.thai,
                "description": table.english,
                "schema": {
                    "fields": [
                        {
                            "name": column.name,
                            "type": kinds.get(column.type, column.type),
                            "title": column.thai,
                            "description": column.english,
                        }
                        for column in table.columns
                    ]
                },
            }
            for table in TABLES
            for kind in formats
        ],
    }


_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_DAYS = "http://www.w3.org/2001/XMLSchema#date"


def catalogue_entry(formats: tuple[str, ...], as_of: str | None) -> dict[str, Any]:
    """Return the data set as a DCAT 2 record in JSON-LD (w3.org/TR/vocab-dcat-2).

    Open-data portals (CKAN with ckanext-dcat, as data.go.th) take it in; who publishes it and
    under which licence is for the office to add. `as_of` is when the last document was added.
    """
    entry: dict[str, Any] = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dcat:Dataset",
        "dct:identifier": "phaen-knowledge-base",
        "dct:title": [
            {"@language": "th", "@value": "ฐานความรู้แผนพัฒนา"},
            {"@language": "en", "@value": "A knowledge base of development plans"},
        ],
        "dct:description": [
            {
                "@language": "th",
                "@value": "วิสัยทัศน์ พันธกิจ เป้าหมาย ยุทธศาสตร์ ตัวชี้วัด และโครงการ พร้อมไฟล์และหน้าที่มา",
            },
            {
                "@language": "en",
                "@value": "Visions, missions, goals, strategies, indicators and projects of Thai "
                "development plans, each with its file and page",
            },
        ],
        "dct:language": ["th"],
        "dcat:keyword": ["แผนพัฒนาท้องถิ่น", "ยุทธศาสตร์", "โครงการ", "งบประมาณ"],
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": f"{table.thai} · {table.english}",
                "dcat:downloadURL": f"{table.name}.{kind}",
                "dcat:mediaType": _MEDIA[kind],
                "dct:format": kind.upper(),
            }
            for table in TABLES
            for kind in formats
        ],
    }
    if as_of:
        entry["dct:modified"] = {"@type": _DAYS, "@value": as_of[:10]}
    return entry
