"""Web pages: the main text with its lists and tables, without what stands around it.

trafilatura says where the main text is; the structure is the page's own. A heading of a
plan (วิสัยทัศน์, พันธกิจ, …) that trafilatura dropped brings its part of the page back.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lxml import etree, html

from ingest.errors import ReadError
from ingest.formats.charset import decode
from ingest.formats.limits import Limits
from ingest.formats.sniff import Format
from ingest.readers.html.blocks import Block, blocks_of, is_unseen
from ingest.readers.pages import clean_cell, clean_rows, clean_tabbed, measured_page
from ingest.records import Content, Table

_HEADING = re.compile(
    r"[\W\d_]*(?:วิสัยทัศน์|พันธกิจ|ค่านิยม|เป้าประสงค์|จุดมุ่งหมาย|ประเด็น(?:ยุทธศาสตร์|การพัฒนา)|"
    r"ยุทธศาสตร์|กลยุทธ์|แนวทางการพัฒนา|ตัวชี้วัด|vision|mission|core values?)",
    re.I,
)
_MARK = re.compile(r"^(?:•|\d+\.) ")
_HEADING_LENGTH = 100
_LEAST_SHARE = 0.2
_LINK_RUN = 3
_LINES_ABOVE = 12


def read(path: Path, limits: Limits) -> Content:
    """Read one web page, in whatever encoding its bytes are."""
    data = path.read_bytes()
    if len(data) > limits.text_bytes:
        raise ReadError("too-large", limit=limits.text_bytes)
    return from_text(decode(data))


def from_text(source: str) -> Content:
    """Read a web page that is characters already."""
    root = _parse(source)
    title = clean_cell(" ".join((root.findtext(".//title") or "").split())) or None
    result = blocks_of(root)
    main = main_blocks(result, _trafilatura(source))
    text = clean_tabbed("\n".join(block.text for block in main))
    aside = [line for block in result if block not in main for line in block.text.split("\n")]
    page = measured_page(1, text, "html", aside)
    if not text:
        page = replace(page, unread="no-text")  # a page that is a picture, say
    unseen = sum(1 for element in root.iter() if _holds_unseen(element))
    notes = (f"hidden-text: ({unseen})",) if unseen else ()
    return Content(Format.HTML.value, (page,), _tables(main), title, notes)


def _holds_unseen(element: etree._Element) -> bool:
    """Return whether an element has words that a visitor does not see."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "head"):
        return False
    return is_unseen(element) and bool("".join(element.itertext()).strip())


def _parse(source: str) -> etree._Element:
    """Parse the page without ever loading what it points to."""
    # A declaration of an encoding no longer holds: the text is decoded already.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError("empty-file") from error
    return root


def _trafilatura(source: str) -> str:
    """Return the main text as trafilatura sees it, white space taken out, or ''."""
    import trafilatura

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    result = trafilatura.extract(
        source,
        output_format="txt",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
    )
    return _squeeze(result or "")


def main_blocks(find: list[Block], believed: str) -> list[Block]:
    """Choose the main text's blocks; `believed` is what trafilatura took for it.

    Between the first and the last block it took, the page's own marks decide; where it
    took too little, they decide alone. Headings of a plan extend the range. A page of
    menus only has no main text.
    """
    kept = _unmarked([b for b in _without_link_runs(find) if not b.noise], believed)
    sure = [n for n, block in enumerate(kept) if _is_believed(block, believed)]
    taken = _size(kept[n] for n in sure)
    if not sure or taken < _LEAST_SHARE * _size(kept):
        return kept
    headings = [n for n, block in enumerate(kept) if _is_heading(block)]
    first = min(sure[0], *headings) if headings else sure[0]
    last = len(kept) - 1 if headings and headings[-1] >= sure[-1] else sure[-1]
    return kept[first : last + 1]


def _unmarked(free: list[Block], believed: str) -> list[Block]:
    """Leave out what the page's marks call furniture.

    Names mislead: where no heading of a plan and little text would be left, what
    trafilatura took for main text stays in.
    """
    kept = [block for block in free if not block.furniture]
    if any(map(_is_heading, kept)):
        return kept
    more = [block for block in free if not block.furniture or _is_believed(block, believed)]
    little = _size(kept) < _LEAST_SHARE * _size(more)
    return more if little or any(map(_is_heading, more)) else kept


def _size(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _without_link_runs(find: list[Block]) -> list[Block]:
    """Drop runs of links: menus and lists of other news."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in [*find, None]:
        if block is not None and block.linked > 0.8 and not block.rows:
            run.append(block)
            continue
        kept += run if len(run) < _LINK_RUN else []
        run = []
        kept += [block] if block is not None else []
    return kept


def _is_heading(block: Block) -> bool:
    """Return whether a block is a heading of a plan, or holds one on a line of its own."""
    lines = (line for line in block.text.split("\n") if len(line) <= _HEADING_LENGTH)
    return block.linked < 0.5 and any(map(_HEADING.match, lines))


def _is_believed(block: Block, believed: str) -> bool:
    """Return whether trafilatura took a block's beginning; it writes list marks otherwise."""
    return _squeeze(_MARK.sub("", block.text, count=1))[:60] in believed


def _squeeze(text: str) -> str:
    """Leave letters and digits only, so that two ways of writing a line compare equal."""
    return re.sub(r"[\W_]+", "", text)


def _tables(main: list[Block]) -> tuple[Table, ...]:
    tables: list[Table] = []
    above: list[str] = []
    for block in main:
        if block.rows:
            rows = clean_rows(block.rows)
            lines = tuple(map(clean_cell, above[-_LINES_ABOVE:]))
            tables.append(Table(1, rows, lines, block.headers, (1,) * len(rows), spans=block.spans))
            above = []
        else:
            above += block.text.split("\n")
    return tuple(tables)
