"""A web page as the blocks a visitor sees: lines of text, list items, tables.

Structure comes from the page itself: `<br>` and block elements break lines, ordered
lists are numbered, tables that hold data are tables, tables that only arrange the page
are walked through.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.superscripts import raised
from ingest.readers.tables.grid import row_text

_DROPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "button",
        "input",
        "select",
        "textarea",
        "option",
        "label",
        "legend",
        "iframe",
        "object",
        "embed",
        "canvas",
        "svg",
        "audio",
        "video",
        "map",
    }
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "dialog"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu\w*|mainmenu|topmenu|submenu|breadcrumbs?|footer|"
    r"sidebar|side|comments?|respond|counter\w*|visitors?|stat(?:istic)?s?|login\w*|signin|"
    r"search\w*|share|sharing|social|cookies?|popup|modal|related|copyright|pagination|pager|"
    r"skip|toolbar|marquee|advert\w*|banner)(?:$|[\s_-])",
    re.I,
)
_NOISE = re.compile(
    r"\W*(?:(?:จำนวน)?ผู้(?:เข้าชม|เยี่ยมชม|ใช้งาน)|สถิติ(?:ผู้|การเข้า|เว็บ)|ขณะนี้มี|ออนไลน์|"
    r"ยินดีต้อนรับ|โทรศัพท์|โทรสาร|โทร\.?\s*[\d๐-๙]|แฟกซ์|อีเมล|e-?mail|ที่อยู่\s|ที่ตั้ง\s*:|"
    r"สงวนลิขสิทธิ์|copyright|©|powered by|พิมพ์หน้านี้|แชร์|อ่านแล้ว|ผู้อ่าน|ฮิต\s*:|hits?\s*:)",
    re.I,
)
_NOISE_LENGTH = 120
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_LONG_CELL = 400
_ARRANGED = 3
"""Tables of fewer columns that hold other tables arrange the page."""

_TABS = frozenset({"div", "section", "article", "li", "dd"})
_TAB = re.compile(r"tab|pane|accordion|collapse|panel|slide", re.I)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STRUCK = frozenset({"s", "strike", "del"})
_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*line-through)", re.I
)


@dataclass(frozen=True, slots=True)
class Block:
    """A line or more of text, or a data table with its rows.

    `linked` is the share of it that is links; `furniture` says that the page's own marks
    call it a menu, a footer, comments or the like, `noise` that its words do: a visitors'
    counter, an address.
    """

    text: str
    linked: float
    furniture: bool
    noise: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    headers: int = 0
    spans: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of a data table; `spans` are cells over several: column, first and last row."""

    rows: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[int, int, int], ...]


def blocks_of(root: etree._Element) -> list[Block]:
    """Return the blocks of a page in document order."""
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    return _Walk(root).blocks


class _Walk:
    """One pass over the tree, gathering running text until a block ends."""

    def __init__(self, root: etree._Element) -> None:
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._linked = 0
        self._links = 0
        self._furniture = 0
        self._verbatim = 0
        self._mark = ""
        self._whole = sum(len(text) for text in _texts(root)) or 1
        self._walk(root)
        self._flush()

    def _walk(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped: set[etree._Element] = set()
        furniture: set[etree._Element] = set()
        for event, element in walker:
            if event == "start":
                if self._enter_whole(element):
                    skipped.add(element)
                    walker.skip_subtree()
                    continue
                if self._is_furniture(element):
                    furniture.add(element)
                    self._flush()
                    self._furniture += 1
                self._open(element)
            else:
                if element not in skipped:
                    self._close(element)
                if element in furniture:
                    self._flush()
                    self._furniture -= 1
                if element is not root:
                    self._say(element.tail)

    def _enter_whole(self, element: etree._Element) -> bool:
        """Take or drop an element with everything in it; say whether that was done."""
        if element.tag in _DROPPED or is_unseen(element):
            return True
        if element.tag == "sup":
            self._say(raised("".join(self._text), "".join(element.itertext())))
            return True
        if element.tag != "table" or (cells := data_rows(element)) is None:
            return False
        self._flush()
        text = "\n".join(line for row in cells.rows for line in row_text(list(row)))
        headers = sum(1 for row in _own_rows(element) if _is_header(row))
        linked = sum(len(text) for link in element.iter("a") for text in _texts(link))
        share = linked / max(len(text), 1)
        self.blocks.append(
            Block(text, share, self._furniture > 0, False, cells.rows, headers, cells.spans)
        )
        return True

    def _is_furniture(self, element: etree._Element) -> bool:
        if element.tag in ("html", "body", "main", "article"):
            return False
        names = f"{element.get('id', '')} {element.get('class', '')} {element.get('role', '')}"
        if element.tag in _FURNITURE_TAGS or _FURNITURE.search(names) or _is_asking(element):
            return sum(len(text) for text in _texts(element)) < 0.5 * self._whole
        return False

    def _open(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            if element.tag == "li":
                self._mark = list_mark(element)
        elif element.tag == "br":
            self._text.append("\n")
        elif element.tag == "a":
            self._links += 1
        self._verbatim += element.tag == "pre"
        self._say(element.text)

    def _close(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        elif element.tag == "a":
            self._links -= 1
        self._verbatim -= element.tag == "pre"

    def _say(self, text: str | None) -> None:
        if text:
            self._text.append(text if self._verbatim else _SPACE.sub(" ", text))
            if self._links:
                self._linked += len(text.strip())

    def _flush(self) -> None:
        lines = (line.strip() for line in "".join(self._text).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text:
            share = self._linked / len(text)
            noise = _is_noise(text)
            self.blocks.append(Block(self._mark + text, share, self._furniture > 0, noise))
            self._mark = ""
        self._text, self._linked = [], 0


def _is_noise(text: str) -> bool:
    """Return whether a line is a visitors' counter, an address or the like by its words."""
    return len(text) <= _NOISE_LENGTH and bool(_NOISE.match(text))


def _is_asking(element: etree._Element) -> bool:
    """Return whether an element is a form that asks for a password or a comment."""
    if element.tag != "form":
        return False
    asked = (result.get("type", "").lower() for result in element.iter("input"))
    return "password" in asked or element.find(".//textarea") is not None


def data_rows(table: etree._Element) -> Cells | None:
    """Return the cells of a table that holds data, None for one that arranges the page.

    A cell over several rows or columns stands in the first of them; in header rows its
    text is repeated to the right. A table inside a cell stays in it.
    """
    if table.find(".//form") is not None or _arranges(table):
        return None
    rows, spans = _grid(table)
    filled = [row for row in rows if sum(1 for cell in row if cell) >= 2]
    cells = [cell for row in rows for cell in row if cell]
    if len(filled) < 2 or len(filled) * 2 < len(rows):
        return None
    if len(rows) < 4 and any(len(cell) > _LONG_CELL for cell in cells):
        return None
    width = max(map(len, rows))
    return Cells(tuple(tuple(row + [""] * (width - len(row))) for row in rows), tuple(spans))


def _arranges(table: etree._Element) -> bool:
    """Return whether a table holds others that are not small things inside its cells."""
    if table.find(".//table") is None:
        return False
    cells = [list(row.iterchildren("td", "th")) for row in _own_rows(table)]
    holding = sum(1 for row in cells for cell in row if cell.find(".//table") is not None)
    return max(map(len, cells), default=0) < _ARRANGED or holding * 2 > sum(map(len, cells))


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table that a visitor sees, not those of tables inside it."""
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table and not is_unseen(row):
            yield row


def is_unseen(element: etree._Element) -> bool:
    """Return whether an element is hidden, or its words struck out.

    Tabs wait for a click: parts of a page with a heading of their own are read.
    """
    if element.tag in _STRUCK:
        return True
    style = element.get("style")
    hidden = element.get("hidden") is not None or bool(style and _HIDDEN.search(style))
    return hidden and not (element.tag in _TABS and _is_tab(element))


def _is_tab(element: etree._Element) -> bool:
    names = f"{element.get('id', '')} {element.get('class', '')} {element.get('role', '')}"
    return bool(_TAB.search(names)) or any(child.tag in _HEADINGS for child in element.iter())


def _grid(table: etree._Element) -> tuple[list[list[str]], list[tuple[int, int, int]]]:
    rows: list[list[str]] = []
    spans: list[tuple[int, int, int]] = []
    taken: dict[int, int] = {}  # column -> rows below that a cell above still covers
    for number, row in enumerate(_own_rows(table)):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            if is_unseen(cell):
                continue
            _skip_taken(cells, taken)
            text, header, down = _cell_text(cell), _is_header(row), _span(cell, "rowspan")
            if down > 1:
                spans.append((len(cells), number, number + down - 1))
            for nth in range(_span(cell, "colspan")):
                if down > 1:
                    taken[len(cells)] = down - 1
                cells.append(text if nth == 0 or header else "")
        _skip_taken(cells, taken)
        rows.append(cells)
    return rows, [(c, first, min(last, len(rows) - 1)) for c, first, last in spans]


def _skip_taken(cells: list[str], taken: dict[int, int]) -> None:
    while taken.get(len(cells), 0):
        taken[len(cells)] -= 1
        cells.append("")


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), 100) if value.isdecimal() and int(value) else 1


def _is_header(row: etree._Element) -> bool:
    parent = row.getparent()
    if parent is not None and parent.tag == "thead":
        return True
    cells = [cell.tag for cell in row.iterchildren("td", "th")]
    return len(cells) > 1 and all(tag == "th" for tag in cells)


def _cell_text(cell: etree._Element) -> str:
    """Return a cell's text, its line breaks kept."""
    return "\n".join(block.text for block in _Walk(cell).blocks) if len(cell) else _plain(cell)


def _plain(element: etree._Element) -> str:
    return _SPACE.sub(" ", element.text or "").strip()


def _texts(element: etree._Element) -> Iterator[str]:
    """Yield the pieces of text a visitor may see within an element."""
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in ("script", "style"):
            yield (node.text or "").strip()
        if node is not element:
            yield (node.tail or "").strip()


def list_mark(item: etree._Element) -> str:
    """Write the mark a browser would set before a list item."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "• "
    before = sum(1 for _ in item.itersiblings("li", preceding=True))
    start = item.get("value") or parent.get("start") or "1"
    number = int(start) if start.lstrip("-").isdecimal() else 1
    return f"{number if item.get('value') else number + before}. "
