"""Writing reports: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from api.cli.output import say
from api.text.messages import message
from ingest.errors import PhaenError


def write_report(path: Path, content: str | bytes) -> None:
    """Write a report beside its place, then move it there; raise `report-not-written`."""
    data = content.encode() if isinstance(content, str) else content
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise PhaenError("report-not-written", file=str(path), reason=reason) from error
    say(message("report-written", file=path))
