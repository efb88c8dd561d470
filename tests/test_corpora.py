"""The data the software leans on: whole, consistent, and what its README says."""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import geothai
import pytest

from ingest.records import ORGANISATION_KINDS, PLAN_KINDS, STATEMENT_KINDS

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
FRAMEWORKS = {"national_strategy": 6, "master_plans": 23, "milestones_13th_plan": 13, "sdgs": 17}
RELATIONS = {"duplicate", "continuation", "same_activity_elsewhere", "related", "different"}
ENCODINGS = {"12-rattanasamut-plan-2566.txt": "cp874"}


def table(name: str) -> list[dict[str, str]]:
    with (CORPORA / name).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(None not in row and None not in row.values() for row in rows), name
    return rows


def gold(name: str) -> list[dict[str, Any]]:
    lines = (CORPORA / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def dense(text: str) -> str:
    return re.sub(r'[\s“”"]+', "", text)


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, Any]]:
    return {document["file"]: document for document in gold("documents")}


@pytest.fixture(scope="module")
def projects(documents: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {p["key"]: p for d in documents.values() for p in d["projects"] if p["key"]}


# ---- frameworks


@pytest.mark.parametrize(("name", "count"), FRAMEWORKS.items())
def test_a_framework_names_and_describes_every_node(name: str, count: int) -> None:
    rows = table(f"frameworks/{name}.tsv")
    assert len({row["code"] for row in rows}) == len(rows) == count
    for row in rows:
        keywords = row["keywords"].split(";")
        assert len(set(keywords)) == len(keywords) >= 13, row["code"]
        assert len(row["description"]) > 80, row["code"]


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_framework_names_agree_with_the_published_ones(name: str, shared: Path) -> None:
    published = (shared / "frameworks" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ours = [f"{r['code']}\t{r['thai']}\t{r['english']}" for r in table(f"frameworks/{name}.tsv")]
    assert ours == published


def test_every_plan_below_links_to_one_main_strategy() -> None:
    links = table("frameworks/links.tsv")
    codes = {row["code"] for name in FRAMEWORKS for row in table(f"frameworks/{name}.tsv")}
    assert {link[end] for link in links for end in ("lower", "higher")} <= codes
    main = Counter(link["lower"] for link in links if link["strength"] == "main")
    lower = {code for code in codes if re.match(r"MP|M\d", code)}
    assert set(main) == lower
    assert set(main.values()) == {1}
    assert len({(link["lower"], link["higher"]) for link in links}) == len(links)
    assert all(link["source"] for link in links)


# ---- names


def test_abbreviations_say_when_a_short_form_is_ambiguous() -> None:
    rows = table("names/abbreviations.tsv")
    assert len(rows) >= 150
    assert len({(row["short"], row["long"]) for row in rows}) == len(rows)
    longs = {row["short"]: row["long"] for row in rows}
    assert longs["คสล."] == "คอนกรีตเสริมเหล็ก"
    assert longs["อบจ."] == "องค์การบริหารส่วนจังหวัด"
    senses = Counter(row["short"] for row in rows)
    ambiguous = [row for row in rows if senses[row["short"]] > 1]
    assert {row["short"] for row in ambiguous} >= {"ม.", "กก."}
    assert all(row["note"] for row in ambiguous)


def test_synonyms_are_sets_without_repeats() -> None:
    rows = table("names/synonyms.tsv")
    assert len(rows) >= 120
    for row in rows:
        terms = row["terms"].split(";")
        assert len(set(terms)) == len(terms) >= 2, row
        assert all(term == term.strip() and term for term in terms), row


def test_provinces_are_the_77_each_on_a_tile_of_its_own() -> None:
    rows = table("names/provinces.tsv")
    real = {(p.code, p.name_th, p.name_en) for p in geothai.provinces()}
    assert {(row["code"], row["thai"], row["english"]) for row in rows} == real
    assert len({(row["row"], row["column"]) for row in rows}) == 77
    assert len({row["cluster"] for row in rows} - {""}) == 18
    assert [row["thai"] for row in rows if not row["cluster"]] == ["กรุงเทพมหานคร"]
    assert len({row["region"] for row in rows}) == 6


def test_no_alias_means_two_provinces() -> None:
    rows = table("names/provinces.tsv")
    names = [row["thai"] for row in rows]
    names += [alias for row in rows for alias in row["aliases"].split(";") if alias]
    names += [row["initials"] for row in rows if row["initials"]]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    aliases = {alias: row["thai"] for row in rows for alias in row["aliases"].split(";")}
    assert aliases["โคราช"] == "นครราชสีมา"
    assert aliases["แปดริ้ว"] == "ฉะเชิงเทรา"


# ---- samples and what they say


def test_every_sample_has_gold_and_the_kinds_promised(documents: dict[str, dict[str, Any]]) -> None:
    made = {path.name for path in (CORPORA / "samples").iterdir()}
    assert made == set(documents)
    assert len(made) >= 20
    endings = Counter(name.rpartition(".")[2] for name in made)
    assert set(endings) == {"txt", "html", "docx", "pdf", "xlsx", "csv"}
    bodies = Counter(document["organisation"]["kind"] for document in documents.values())
    assert set(bodies) == {"province", "pao", "municipality"}
    assert len({document["organisation"]["name"] for document in documents.values()}) == 5
    assert sum(document["hard_negative"] for document in documents.values()) >= 4


def test_gold_uses_the_words_of_the_records(documents: dict[str, dict[str, Any]]) -> None:
    for document in documents.values():
        assert document["plan_kind"] in PLAN_KINDS
        assert document["organisation"]["kind"] in ORGANISATION_KINDS
        for statement in document["statements"]:
            assert statement["kind"] in STATEMENT_KINDS
            assert 1 <= statement["page"] <= document["pages"]
        if document["version_of"]:
            assert document["version_of"] in documents


def test_parents_are_statements_of_the_same_document(documents: dict[str, dict[str, Any]]) -> None:
    for document in documents.values():
        said = {statement["text"] for statement in document["statements"]}
        for record in [*document["statements"], *document["projects"]]:
            if record["parent"] and said:
                assert record["parent"] in said, (document["file"], record["parent"])


def test_texts_stand_in_their_document(documents: dict[str, dict[str, Any]]) -> None:
    for name, document in documents.items():
        if not name.endswith((".txt", ".html", ".csv")):
            continue
        data = (CORPORA / "samples" / name).read_bytes()
        page = dense(re.sub(r"<[^>]+>", "", data.decode(ENCODINGS.get(name, "utf-8-sig"))))
        for statement in document["statements"]:
            assert dense(statement["text"]) in page, name
            assert dense(statement["explanation"] or "") in page, name
        for project in document["projects"]:
            assert dense(project["title"]) in page, name


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")
def test_texts_stand_on_their_page_of_a_pdf(documents: dict[str, dict[str, Any]]) -> None:
    for name, document in documents.items():
        if not name.endswith(".pdf"):
            continue
        command = ["pdftotext", "-raw", str(CORPORA / "samples" / name), "-"]
        text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
        pages = [dense(page) for page in text.removesuffix("\f").split("\f")]
        assert len(pages) == document["pages"]
        for statement in document["statements"]:
            assert dense(statement["text"]) in pages[statement["page"] - 1], name


def test_invented_places_are_not_real_and_nobody_is_named(
    documents: dict[str, dict[str, Any]],
) -> None:
    real = {province.name_th for province in geothai.provinces()}
    for province in geothai.provinces():
        real |= {district.name_th for district in geothai.districts(province.code)}
    invented = {
        d["organisation"][part] for d in documents.values() for part in ("province", "district")
    }
    assert not (invented - {None}) & real
    person = re.compile(r"(?<![ก-๙])(?:นาย(?!ก|อำเภอ)|นางสาว|นาง|น\.ส\.)\s*[ก-๙]")
    for source in (ROOT / "tools" / "corpus" / "sources").iterdir():
        assert not person.findall(source.read_text(encoding="utf-8")), source.name


# ---- gold across documents


def test_every_relation_is_planted_several_times(projects: dict[str, dict[str, Any]]) -> None:
    pairs = gold("relations")
    counts = Counter(pair["relation"] for pair in pairs)
    assert set(counts) == RELATIONS
    assert min(counts.values()) >= 6
    for pair in pairs:
        assert pair["a"]["key"] != pair["b"]["key"]
        assert {pair["a"]["title"], pair["b"]["title"]} <= {p["title"] for p in projects.values()}


def test_a_duplicate_asks_money_twice_in_one_year() -> None:
    for pair in gold("relations"):
        if pair["relation"] == "duplicate":
            assert set(pair["a"]["budget"]) & set(pair["b"]["budget"]), pair
            assert pair["a"]["title"] != pair["b"]["title"]
            assert pair["a"]["province"] == pair["b"]["province"]


def test_mismatches_are_planted_among_sound_projects(documents: dict[str, dict[str, Any]]) -> None:
    lines = gold("alignment")
    planted = [line for line in lines if not line["sound"]]
    assert len(planted) >= 8
    assert len(lines) - len(planted) >= 40
    assert any(line["serves"] is None for line in planted)
    issues: dict[str, set[str]] = {}
    for document in documents.values():
        texts = {s["text"] for s in document["statements"] if s["kind"] == "strategic_issue"}
        issues.setdefault(document["organisation"]["name"], set()).update(texts)
    for line in lines:
        known = issues[line["organisation"]]
        assert line["declared"] in known, line
        assert line["serves"] is None or line["serves"] in known, line


def test_unserved_strategies_have_no_project(documents: dict[str, dict[str, Any]]) -> None:
    lines = gold("unserved")
    assert len(lines) >= 5
    for line in lines:
        document = documents[line["file"]]
        assert line["statement"] in {s["text"] for s in document["statements"]}
        for project in document["projects"]:
            assert line["statement"] not in (project["declared_strategy"], project["parent"])


def test_changed_phrases_stand_in_the_visions_of_their_years(
    documents: dict[str, dict[str, Any]],
) -> None:
    visions: dict[tuple[str, int], str] = {}
    for document in documents.values():
        for statement in document["statements"]:
            period = statement["period"] or document["period"]
            if statement["kind"] == "vision" and period:
                visions[document["organisation"]["name"], period[0]] = statement["text"]
    lines = gold("vision_changes")
    assert {line["change"] for line in lines} == {"kept", "reworded", "dropped", "new"}
    for line in lines:
        old = visions[line["organisation"], line["from"][0]]
        new = visions[line["organisation"], line["to"][0]]
        assert (line["old"] or "") in old
        assert (line["new"] or "") in new
        assert (line["change"] == "kept") == (line["old"] == line["new"])
        assert line["change"] != "dropped" or line["old"] not in new


def test_searches_expect_what_the_gold_holds(documents: dict[str, dict[str, Any]]) -> None:
    held = {
        (name, record.get("text") or record["title"])
        for name, document in documents.items()
        for record in [*document["statements"], *document["projects"]]
    }
    lines = gold("searches")
    assert len({line["query"] for line in lines}) == len(lines) >= 40
    for line in lines:
        assert line["relevant"], line["query"]
        assert {(hit["file"], hit["text"]) for hit in line["relevant"]} <= held
    off = (CORPORA / "gold" / "off_topic.txt").read_text(encoding="utf-8").splitlines()
    assert len(set(off)) == len(off) >= 100
    assert not set(off) & {line["query"] for line in lines}


# ---- how it is made and found


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")
def test_the_maker_makes_the_committed_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import make_samples

    make_samples.make(tmp_path)
    for made in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        if made.suffix in (".txt", ".html", ".csv", ".jsonl"):
            committed = CORPORA / made.relative_to(tmp_path)
            assert made.read_bytes() == committed.read_bytes(), made.name
    sys.modules.pop("make_samples")


def test_the_data_is_found_as_package_data() -> None:
    assert files("corpora").joinpath("frameworks/sdgs.tsv").is_file()
