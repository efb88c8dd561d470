"""The structure of the packages: what `lint-imports` does not check."""

from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 400


def test_no_two_modules_import_each_other() -> None:
    graph = grimp.build_graph("ingest", "kb", "api", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 300
    assert list(TopologicalSorter(imports).static_order())  # raises CycleError with the circle


def test_no_module_is_too_long_to_be_one_thing() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for package in ("ingest", "kb", "api")
        for path in (ROOT / package).rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}
