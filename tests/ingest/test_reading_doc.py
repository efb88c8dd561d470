"""The page on reading names tests: they are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NAMED = re.compile(r"`([\w/]+\.py)::([\w:]+)`")


def test_every_bad_input_has_its_test() -> None:
    named = NAMED.findall((ROOT / "docs" / "reading.md").read_text(encoding="utf-8"))
    assert len(named) > 20
    for file, test in named:
        path = ROOT / file if file.startswith("tests/") else ROOT / "tests" / "ingest" / file
        source = path.read_text(encoding="utf-8")
        assert f"def {test.rpartition('::')[2]}(" in source, (file, test)
