"""Plain text: one page, or as many as form feeds part it into."""

from pathlib import Path

from ingest.errors import ReadError
from ingest.formats.charset import decode
from ingest.formats.limits import Limits
from ingest.formats.sniff import Format
from ingest.readers.pages import clean_page
from ingest.records import Content


def read(path: Path, limits: Limits) -> Content:
    """Read a text file in UTF-8, UTF-16, TIS-620 or cp874."""
    parts = load_text(path, limits).split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    if len(parts) > limits.pages:
        raise ReadError("too-many-pages", pages=len(parts), limit=limits.pages)
    pages = [clean_page(number, part, "text") for number, part in enumerate(parts, start=1)]
    return Content(Format.TEXT.value, tuple(pages))


def load_text(path: Path, limits: Limits) -> str:
    """Return the characters of a text file, or raise where it is too large for one."""
    data = path.read_bytes()
    if len(data) > limits.text_bytes:
        raise ReadError("too-large", limit=limits.text_bytes)
    text = decode(data)
    longest = max(map(len, text.splitlines()), default=0)
    if longest > limits.line_characters:
        raise ReadError("line-too-long", characters=longest, limit=limits.line_characters)
    if not text.strip():
        raise ReadError("empty-file")
    return text
