"""Extraction against gold: precision, recall, F1 by kind, bodies, periods, false alarms.

Strict: the same kind and the same text but for white space, quotes and list marks. Lenient:
nine in ten characters agree. Borderline gold counts neither way, nor does what runs into the
end of a page that is known to be cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.errors import ReadError
from ingest.extract import extract
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.records import Content, Document
from kb.evaluation.extraction_report import ExtractionReport, FileReport
from kb.evaluation.gold import GoldFile, gold_files
from kb.evaluation.matching import Outcome, Pairing, Prediction, close, pair, plain, same

_END = 25
"""Characters at the end of a prediction that are looked for at the end of a cut-off text."""


def evaluate(
    gold_dir: Path, extractor: Callable[[Content, str], Document] | None = None
) -> ExtractionReport:
    """Read every file of the gold with phaen and compare.

    `extractor` is `ingest.extract.extract` unless another one is to be measured. Raises
    what `gold_files` raises.
    """
    reports = [_file_report(gold, extractor or _extract) for gold in gold_files(gold_dir)]
    return ExtractionReport(tuple(reports), str(gold_dir))


def _extract(content: Content, name: str) -> Document:
    return extract(content, file=name, document_id=name)


def _file_report(gold: GoldFile, extractor: Callable[[Content, str], Document]) -> FileReport:
    nothing = Pairing((), (None,) * len(gold.statements))
    try:
        content = _content(gold)
    except ReadError as error:
        return FileReport(gold, (), (), (), nothing, nothing, (None, None, None), (), str(error))
    document = extractor(content, gold.file)
    predicted = _predicted(document)
    strict = pair(predicted, gold.statements, same)
    lenient = pair(predicted, gold.statements, close)
    texts = tuple(page.text for page in content.pages)
    body = document.organisation
    return FileReport(
        gold,
        texts,
        predicted,
        _outcomes(gold, texts, predicted, strict, lenient),
        strict,
        lenient,
        (body.kind, body.name, body.province) if body else (None, None, None),
        tuple(document.period.to_list()) if document.period else (),
    )


def _content(gold: GoldFile) -> Content:
    """Return the content of a gold file, without a first line that names its source."""
    if gold.page is not None:
        return _one_page(gold.path, gold.page)
    content = read_content(gold.path, Limits())
    first = content.pages[0] if content.pages else None
    if first is None or not first.text.startswith("# source:"):
        return content
    rest = first.text.partition("\n")[2]
    return replace(content, pages=(replace(first, text=rest), *content.pages[1:]))


def _one_page(path: Path, number: int) -> Content:
    """Return the content of one page of a large PDF, read as a PDF of its own."""
    from tempfile import TemporaryDirectory

    from pypdf import PdfReader, PdfWriter

    with TemporaryDirectory() as folder:
        single = Path(folder) / path.name
        writer = PdfWriter()
        writer.add_page(PdfReader(path).pages[number - 1])
        writer.write(single)
        return read_content(single, Limits())


def _predicted(document: Document) -> tuple[Prediction, ...]:
    statements = [
        Prediction(s.kind, s.text, s.page, s.start, s.end, s.confidence, s.found_by)
        for s in document.statements
    ]
    projects = [
        Prediction("project", p.title, p.page, None, None, p.confidence, p.found_by)
        for p in document.projects
    ]
    return (*statements, *projects)


def _outcomes(
    gold: GoldFile,
    texts: Sequence[str],
    predicted: Iterable[Prediction],
    strict: Pairing,
    lenient: Pairing,
) -> tuple[Outcome, ...]:
    def outcome(index: int, prediction: Prediction) -> Outcome:
        if strict.of_predicted[index] is not None:
            return "right"
        if lenient.of_predicted[index] is not None:
            return "extra"
        cut = gold.truncated and _is_cut_off(prediction, texts)
        return (
            "ignored" if cut or any(close(prediction.text, t) for t in gold.borderline) else "extra"
        )

    return tuple(outcome(index, prediction) for index, prediction in enumerate(predicted))


def _is_cut_off(prediction: Prediction, texts: Sequence[str]) -> bool:
    end = plain(texts[-1]) if texts else ""
    return bool(end) and end.endswith(plain(prediction.text)[-_END:])
