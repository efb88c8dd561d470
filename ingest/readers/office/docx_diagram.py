"""The words of SmartArt, which Word keeps in parts of their own.

Plans show visions and strategy maps that way. Office Open XML part 1, section 21.4: a
diagram's data model lists points with their text, and connections from parent to child.
"""

from collections.abc import Iterator

from lxml import etree

from ingest.readers.office.package import Package, child, local

_SILENT = frozenset({"pres", "parTrans", "sibTrans"})


def diagrams(package: Package, main: str) -> dict[str, list[str]]:
    """Return the lines of each diagram of the part `main`, by the id its drawing refers to."""
    folder, _, name = main.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package:
        return {}
    result: dict[str, list[str]] = {}
    for relation in package.xml(relations):
        if (relation.get("Type") or "").endswith("/diagramData"):
            target = (relation.get("Target") or "").lstrip("/")
            part = target if target in package else f"{folder}/{target}"
            if part in package:
                result[relation.get("Id") or ""] = list(_lines(package.xml(part)))
    return result


def data_id(drawing: etree._Element) -> str:
    """Return the id of the data that a drawing's `relIds` refers to."""
    return next((v for k, v in drawing.attrib.items() if k.rpartition("}")[2] == "dm"), "")


def _lines(model: etree._Element) -> Iterator[str]:
    """Yield the text of the points, parents before their children, in the diagram's order."""
    points = {p.get("modelId"): p for p in _of(model, "ptLst")}
    below: dict[str | None, list[tuple[int, str | None]]] = {}
    for link in _of(model, "cxnLst"):
        if link.get("type", "parOf") == "parOf":
            order = link.get("srcOrd") or "0"
            place = int(order) if order.isdecimal() else 0
            below.setdefault(link.get("srcId"), []).append((place, link.get("destId")))
    roots = [name for name, point in points.items() if point.get("type") == "doc"]
    waiting, seen = list(roots), set[str | None]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in points:
            continue
        seen.add(name)
        yield from _text(points[name])
        children = sorted(below.get(name, ()), key=lambda link: link[0], reverse=True)
        waiting += [below_it for _, below_it in children]


def _of(model: etree._Element, name: str) -> list[etree._Element]:
    parent = child(model, name)
    return [result for result in parent if local(result)] if parent is not None else []


def _text(point: etree._Element) -> Iterator[str]:
    if point.get("type") in _SILENT:
        return
    for paragraph in point.iter("{*}p"):
        text = "".join(run.text or "" for run in paragraph.iter("{*}t"))
        if text.strip():
            yield text
