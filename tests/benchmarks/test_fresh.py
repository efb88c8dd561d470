"""Figures of fresh batches: labels by offset, scores, alarms, calibration, and their record."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.agreement import agreement
from benchmarks.fresh import entry, main, read_batch
from benchmarks.fresh_labels import (
    LabelledText,
    NotReadyError,
    Span,
    fingerprint,
    labelled_pages,
    labelled_slices,
    write_gold,
)
from benchmarks.fresh_record import DETAILS, FIRST, LATER, Entry, check_turn, commit, record
from kb.evaluation.gold import gold_files
from kb.evaluation.matching import close, same

PAGE = "เทศบาลเมืองท่างาม จังหวัดแพร่\nวิสัยทัศน์\n“เมืองท่าน่าเดิน คลองใสใจดี”\nพันธกิจ\n1. ดูแลท่าเรือ\n2. ดูแลคลอง"
VISION, MISSION, SECOND = "เมืองท่าน่าเดิน คลองใสใจดี", "ดูแลท่าเรือ", "ดูแลคลอง"
NEWS = "เมื่อวานนี้ฝนตกหนักในตลาด แม่ค้าต้องเก็บของเร็วกว่าทุกวัน"


def _item(text: str, words: str, kind: str = "", *alternatives: str) -> dict[str, Any]:
    span: dict[str, Any] = {"start": text.index(words), "end": text.index(words) + len(words)}
    if kind:
        span |= {"kind": kind, "alt_kinds": list(alternatives), "organisation": None}
    return span


def _line(
    id_: str, *statements: dict[str, Any], borderline: tuple[Any, ...] = ()
) -> dict[str, Any]:
    return {"id": id_, "statements": list(statements), "borderline": list(borderline)}


def _written(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def _labelled(
    text: str, *statements: tuple[str, str], borderline: tuple[str, ...] = ()
) -> LabelledText:
    def span(words: str, kind: str = "") -> Span:
        return Span(text.index(words), text.index(words) + len(words), kind)

    return LabelledText(
        "01-01", text, tuple(span(w, k) for k, w in statements), tuple(map(span, borderline))
    )


def _workplace(folder: Path) -> list[str]:
    """Write one prose batch of two slices; return the options that point there."""
    pool = folder / "pool"
    _written(pool / "batch-01.jsonl", {"id": "01-01", "text": PAGE}, {"id": "01-02", "text": NEWS})
    _written(
        folder / "labels" / "pool" / "batch-01.jsonl",
        _line("01-01", _item(PAGE, VISION, "vision"), _item(PAGE, MISSION, "mission")),
        _line("01-02"),
    )
    return [
        *("--texts", str(pool), "--labels", str(folder / "labels")),
        *("--results", str(folder / "fresh.md")),
    ]


# ---- labels and texts


def test_slices_meet_their_labels_by_id(tmp_path: Path) -> None:
    labels = _written(
        tmp_path / "labels.jsonl", _line("a", _item(PAGE, VISION, "vision", "goal")), _line("b")
    )
    pool = _written(tmp_path / "pool.jsonl", {"id": "b", "text": NEWS}, {"id": "a", "text": PAGE})
    first, second = labelled_slices(labels, pool)
    (span,) = first.statements
    assert first.text[span.start : span.end] == VISION
    assert (span.kind, span.alternatives) == ("vision", ("goal",))
    assert (second.text, second.statements) == (NEWS, ())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([_line("a")], "no line for b"),
        ([_line("a"), _line("b"), _line("c")], "text of c"),
        ([_line("a", {"kind": "goal", "start": 5, "end": 9_000}), _line("b")], "a: 5–9000"),
        ([_line("a"), _line("b", borderline=({"start": 7, "end": 7},))], "b: 7–7"),
        ([_line("a", {"kind": "goal", "start": 9, "end": 12}), _line("b")], "a: 9–12"),
    ],
)
def test_labels_that_do_not_fit_their_texts_are_refused(
    tmp_path: Path, rows: list[dict[str, Any]], said: str
) -> None:
    labels = _written(tmp_path / "labels.jsonl", *rows)
    text = "ถนนดีๆ ใน เมือง ที่ ดี"
    pool = _written(tmp_path / "pool.jsonl", {"id": "a", "text": text}, {"id": "b", "text": NEWS})
    with pytest.raises(NotReadyError, match=said):
        labelled_slices(labels, pool)


def test_a_page_is_found_by_its_fingerprint_whatever_its_file_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "texts" / "some"
    folder.mkdir(parents=True)
    (folder / "any name.txt").write_bytes(PAGE.encode())
    line = _line("1", _item(PAGE, VISION, "vision"))
    line |= {"address": "https://example.go.th/1", "sha256": fingerprint(PAGE.encode())}
    (page,) = labelled_pages(_written(tmp_path / "labels.jsonl", line), tmp_path / "texts")
    assert page.text == PAGE
    (folder / "any name.txt").write_bytes((PAGE + "!").encode())
    with pytest.raises(NotReadyError, match=r"example\.go\.th/1"):
        labelled_pages(tmp_path / "labels.jsonl", tmp_path / "texts")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), st.data())
def test_a_span_comes_back_from_the_gold_as_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        write_gold([LabelledText("1", text, (Span(start, end, "goal"),), ())], Path(name))
        (gold,) = gold_files(Path(name))
        assert gold.path.read_bytes().decode() == text
        assert [s.text for s in gold.statements] == [text[start:end]]


# ---- figures


def test_scores_alarms_and_kinds_are_counted_as_in_evaluation() -> None:
    texts = [
        _labelled(PAGE, ("vision", VISION), ("mission", MISSION), ("goal", "จังหวัดแพร่")),
        _labelled(NEWS),
        _labelled(PAGE.replace("เมือง", "นคร")),
    ]
    reading = read_batch(texts)
    score = reading.report.score()
    assert (score.right, score.predicted, score.gold) == (2, 6, 3)
    assert reading.report.score(kind="goal").recall == 0
    assert reading.alarms() == (1, 2)
    made = entry("prose 01", reading, stamp=("2026-11-30", "0123456789"), labels="ab" * 32)
    assert made.cells[:6] == ("2026-11-30", "0123456789", "abababab", "3", "3", "6")
    assert made.cells[6:9] == ("0.333", "0.667", "0.444")
    assert "1 of 2" in made.cells
    assert any(line.startswith("| vision | 1 | 2 | 0.500 | 1.000 |") for line in made.details)


def test_borderline_counts_neither_way_and_raises_no_alarm() -> None:
    reading = read_batch([_labelled(PAGE, borderline=(VISION, MISSION, SECOND))])
    assert reading.report.score().predicted == 0
    assert reading.alarms() == (0, 1)
    assert reading.calibration_error() is None


def test_calibration_error_is_the_gap_of_confidence_and_rightness() -> None:
    right = read_batch(
        [_labelled(PAGE, ("vision", VISION), ("mission", MISSION), ("mission", SECOND))]
    )
    sure = [p.confidence for p in right.report.files[0].predicted]
    gap = sum(1 - c for c in sure) / len(sure)
    assert right.calibration_error() == pytest.approx(gap)
    wrong = read_batch([_labelled(PAGE)])
    assert wrong.calibration_error() == pytest.approx(sum(sure) / len(sure))
    assert sum(band.count for band in wrong.bands()) == len(sure)
    assert all(band.strict == band.lenient == 0 for band in wrong.bands())


def test_a_near_span_is_right_leniently_only() -> None:
    reading = read_batch([_labelled(PAGE.replace("ใจดี", "ใจดีๆ"), ("vision", VISION))])
    (band,) = [b for b in reading.bands() if b.lenient]
    assert band.strict == 0
    rows = list(reading.errors())
    assert [(m["text"], m["near"]) for m in rows[0]["missed"]] == [(VISION, True)]


def test_agreement_counts_each_labeller_against_the_other() -> None:
    first = [_labelled(PAGE, ("vision", VISION), ("mission", MISSION))]
    second = [_labelled(PAGE, ("vision", VISION), borderline=(MISSION,))]
    assert agreement(first, second, same).f1 == pytest.approx(2 / 3)
    assert agreement(first, second, close, borderline_aside=True).f1 == 1
    assert agreement(second, first, close, borderline_aside=True).f1 == 1


# ---- the record


def _entry(batch: str, mark: str) -> Entry:
    return Entry(batch, (mark, "…"), (f"details of {mark}",))


def _between(path: Path, first: str, last: str) -> str:
    return path.read_text("utf-8").partition(first)[2].partition(last)[0]


def test_a_first_figure_is_never_replaced_and_a_rerun_stands_below(tmp_path: Path) -> None:
    path = tmp_path / "fresh.md"
    assert record(path, _entry("prose 01", "one")) == FIRST
    before = path.read_text("utf-8")
    assert record(path, _entry("prose 01", "rerun")) == LATER
    assert record(path, _entry("prose 02", "two")) == FIRST
    assert record(path, _entry("pages 01", "three")) == FIRST
    first, later = _between(path, FIRST, LATER), _between(path, LATER, DETAILS)
    assert first.startswith(before.partition(FIRST)[2].partition(LATER)[0].rstrip("\n"))
    rows = [line for line in first.splitlines() if "…" in line]
    assert rows == ["| prose 01 | one | … |", "| prose 02 | two | … |", "| pages 01 | three | … |"]
    assert [line for line in later.splitlines() if "…" in line] == ["| prose 01 | rerun | … |"]
    text = path.read_text("utf-8")
    assert [text.index(f"details of {m}") for m in ("one", "rerun", "two", "three")] == sorted(
        text.index(f"details of {m}") for m in ("one", "rerun", "two", "three")
    )


def test_batches_are_taken_in_order(tmp_path: Path) -> None:
    path = tmp_path / "fresh.md"
    with pytest.raises(NotReadyError, match="prose 01"):
        check_turn(path, "prose", 2)
    record(path, _entry("prose 01", "one"))
    check_turn(path, "prose", 2)
    check_turn(path, "pages", 1)
    with pytest.raises(NotReadyError, match="prose 02"):
        check_turn(path, "prose", 3)


def test_a_record_without_its_headings_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "fresh.md"
    path.write_text("something else\n", "utf-8")
    with pytest.raises(NotReadyError, match="headings"):
        record(path, _entry("prose 01", "one"))
    assert path.read_text("utf-8") == "something else\n"


def test_a_figure_names_its_commit_and_refuses_uncommitted_changes(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    with pytest.raises(NotReadyError, match="checkout"):
        commit(tmp_path / "nowhere")
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(tmp_path), *identity, *words],
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout.strip()

    git("init", "-q")
    (tmp_path / "ingest").mkdir()
    (tmp_path / "ingest" / "a.py").write_text("A = 1\n", "utf-8")
    git("add", "-A")
    git("commit", "-qm", "one")
    assert git("rev-parse", "HEAD").startswith(commit(tmp_path))
    (tmp_path / "notes.md").write_text("nothing of the program\n", "utf-8")
    commit(tmp_path)
    (tmp_path / "ingest" / "a.py").write_text("A = 2\n", "utf-8")
    with pytest.raises(NotReadyError, match=r"ingest/a\.py"):
        commit(tmp_path)


# ---- the command


def test_looking_needs_a_first_figure_and_records_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = _workplace(tmp_path)
    assert main(["1", "--look", *options]) == 2
    assert "no figure yet" in capsys.readouterr().err
    record(tmp_path / "fresh.md", _entry("prose 01", "one"))
    before = (tmp_path / "fresh.md").read_bytes()
    errors = tmp_path / "errors.jsonl"
    assert main(["1", "--look", *options, "--errors", str(errors)]) == 0
    assert "| 2 | 2 | 3 | 0.667 | 1.000 |" in capsys.readouterr().out
    assert (tmp_path / "fresh.md").read_bytes() == before
    rows = [json.loads(line) for line in errors.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["01-01", "01-02"]
    assert {f["text"]: f["verdict"] for f in rows[0]["found"]}[SECOND] == "extra"


def test_absent_texts_are_named_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = _workplace(tmp_path)
    record(tmp_path / "fresh.md", _entry("prose 01", "one"))
    shutil.rmtree(tmp_path / "pool")
    assert main(["1", "--look", *options]) == 2
    said = capsys.readouterr().err
    assert "batch-01.jsonl" in said
    assert "--texts" in said
    record(tmp_path / "fresh.md", _entry("pages 01", "one"))
    assert main(["1", "--look", "--set", "pages", *options[2:]]) == 2
    assert "--texts" in capsys.readouterr().err


# ---- the labels in this repository


def test_settled_labels_fit_the_pool(shared: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "corpora" / "labels"
    batches = sorted((folder / "pool").glob("batch-*.jsonl"))
    assert batches
    for labels in batches:
        texts = labelled_slices(labels, shared / "eval" / "pool" / labels.name)
        for text in texts:
            spans = {(s.start, s.end) for s in text.statements}
            assert not spans & {(b.start, b.end) for b in text.borderline}, text.id
            assert len(spans) == len(text.statements), text.id
