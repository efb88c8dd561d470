import csv
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.errors import PhaenError, UsageError
from kb import KnowledgeBase
from kb.export.dataset import export, export_zip
from kb.export.tables import TABLES
from tests.kb.samples import HILLTOWN, RIVERSIDE, document, project


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "kb.db") as made:
        made.add(document("a.txt", body=RIVERSIDE, projects=(project(),)))
        made.add(document("b.txt", ("mission", "=SUM(A1) ดูแลถนน"), body=HILLTOWN))
        yield made


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_everything_kept_is_exported_with_its_source(kb: KnowledgeBase, tmp_path: Path) -> None:
    made = export(kb, tmp_path / "out", ["csv"])
    folder = tmp_path / "out"
    said = rows(folder / "statements.csv")
    assert {row["text"] for row in said} >= {"'=SUM(A1) ดูแลถนน"}
    assert made.counts["statements"] == len(said) == kb.counts()["statements"]
    documents = {row["id"]: row for row in rows(folder / "documents.csv")}
    assert all(row["document"] in documents and row["page"] == "1" for row in said)
    (planned,) = rows(folder / "projects.csv")
    assert planned["budget_total"] == "1250000.50"
    money = rows(folder / "budgets.csv")
    assert [(row["project"], row["year"]) for row in money] == [
        (planned["id"], "2567"),
        (planned["id"], "2568"),
    ]


def test_excel_sees_thai_and_no_formula(kb: KnowledgeBase, tmp_path: Path) -> None:
    export(kb, tmp_path / "out", ["csv"])
    raw = (tmp_path / "out" / "statements.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b",=SUM" not in raw


def test_the_sums_hold_and_the_dictionary_names_every_column(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    export(kb, tmp_path / "out", ["csv"])
    folder = tmp_path / "out"
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    stated = {(row["table"], row["column"]) for row in rows(folder / "dictionary.csv")}
    for table in TABLES:
        with (folder / f"{table.name}.csv").open(encoding="utf-8-sig") as file:
            header = file.readline().strip().split(",")
        assert {(table.name, name) for name in header} <= stated
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert [one["path"] for one in package["resources"]] == [f"{t.name}.csv" for t in TABLES]
    entry = json.loads((folder / "dcat.jsonld").read_text("utf-8"))
    listed = [one["dcat:downloadURL"] for one in entry["dcat:distribution"]]
    assert listed == [f"{t.name}.csv" for t in TABLES]
    assert entry["dct:modified"]["@value"] == next(kb.documents()).added_at[:10]


def test_two_exports_are_the_same_bytes(kb: KnowledgeBase, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="phaen[parquet] is not installed")
    first, second = export(kb, tmp_path / "a"), export(kb, tmp_path / "b")
    assert first == second
    packed = [export_zip(kb, tmp_path / name) and (tmp_path / name).read_bytes() for name in "xy"]
    assert packed[0] == packed[1]
    with zipfile.ZipFile(tmp_path / "x") as inside:
        assert f"phaen-{first.id}/statements.parquet" in inside.namelist()


def test_parquet_holds_the_same_rows(kb: KnowledgeBase, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="phaen[parquet] is not installed")
    export(kb, tmp_path / "out")
    table = parquet.read_table(tmp_path / "out" / "statements.parquet").to_pylist()
    texts = [row["text"].removeprefix("'") for row in rows(tmp_path / "out" / "statements.csv")]
    assert [row["text"] for row in table] == texts
    money = parquet.read_table(tmp_path / "out" / "budgets.parquet").to_pylist()
    assert [row["baht"] for row in money] == [Decimal("1200000.00"), Decimal("50000.50")]


def test_an_older_export_is_replaced_and_other_files_are_safe(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    export(kb, folder)
    export(kb, folder, ["csv"])
    assert not list(folder.glob("*.parquet"))
    (folder / "mine.txt").write_text("x")
    with pytest.raises(UsageError, match="export-folder-not-empty"):
        export(kb, folder)
    with pytest.raises(UsageError, match="export-format-unknown"):
        export(kb, tmp_path / "new", ["xlsx"])
    assert not (tmp_path / "new").exists()


def test_an_empty_knowledge_base_gives_headers(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "none.db") as kb:
        made = export(kb, tmp_path / "out")
    assert set(made.counts.values()) == {0}
    assert rows(tmp_path / "out" / "projects.csv") == []


def test_a_folder_that_cannot_be_written_is_an_error(kb: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder", "utf-8")
    with pytest.raises(PhaenError, match="folder-not-written"):
        export(kb, tmp_path / "taken" / "out", ["csv"])
    assert (tmp_path / "taken").read_text("utf-8") == "a file, no folder"


def test_without_pyarrow_there_is_csv_and_parquet_is_an_error(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert export(kb, tmp_path / "out").formats == ("csv",)
    with pytest.raises(UsageError, match="parquet-missing"):
        export(kb, tmp_path / "other", ["parquet"])
    assert not (tmp_path / "other").exists()
