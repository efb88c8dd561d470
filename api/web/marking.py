"""Words marked in a text, safe to put into a page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from api.text.hits import merge_spans


def marked(text: str, spans: Sequence[Sequence[int]]) -> Markup:
    """Escape a text and put `<mark>` around the spans."""
    out, last = Markup(""), 0
    for first, stop in merge_spans(spans, len(text)):
        out += escape(text[last:first]) + Markup("<mark>{}</mark>").format(text[first:stop])
        last = stop
    return out + escape(text[last:])
