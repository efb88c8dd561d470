"""A source: a header of facts about one document, and its marked text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
SOURCES = Path(__file__).resolve().parent / "sources"


@dataclass(frozen=True)
class Source:
    """One document before it is made: `facts` from its header, `text` with marks."""

    facts: dict[str, str]
    text: str

    @property
    def file(self) -> str:
        """The name of the document to be made."""
        return self.facts["file"]

    @property
    def prefix(self) -> str:
        """What stands before every project's name (`โครงการ`), if anything."""
        return self.facts.get("prefix", "")

    def printed(self, text: str) -> str:
        """Return the text as this document prints it: in Thai digits where it uses them."""
        return text.translate(THAI_DIGITS) if self.facts.get("digits") == "thai" else text

    @property
    def format(self) -> str:
        """The format by the name's ending: txt, html, docx, pdf, xlsx, csv."""
        return self.file.rpartition(".")[2]


def load_sources() -> list[Source]:
    """Read every source, in the order of the documents' names."""
    paths = [path for path in SOURCES.iterdir() if path.name[:2].isdigit()]
    return sorted((_load(path) for path in paths), key=lambda source: source.file)


def _load(path: Path) -> Source:
    header, _, text = path.read_text(encoding="utf-8").partition("\n---\n")
    pairs = (line.partition(": ") for line in header.splitlines())
    return Source({name: value for name, _, value in pairs}, text)
