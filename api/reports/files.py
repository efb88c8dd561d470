"""Report files on disk: written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import PhaenError
from ingest.temporary import TemporaryFolder, sweep


def write_report(path: Path, content: str | bytes) -> None:
    """Write a report beside its place, then move it there; raise `report-not-written`."""
    data = content.encode() if isinstance(content, str) else content
    try:
        sweep(path.parent)
        with TemporaryFolder(path.parent) as folder:
            beside = folder.path / path.name
            beside.write_bytes(data)
            beside.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PhaenError("report-not-written", file=str(path), reason=reason) from error
