"""Answers without the folders of the server's files."""

from __future__ import annotations

import re
from pathlib import Path

from api.text.language import Language
from api.text.messages import explain
from ingest.errors import PhaenError

_FOLDERS = re.compile(r"(?<![\w/.])/([^/\s'\"“”]+)/(?:[^/\s'\"“”]+/)*")
"""The folders of an absolute path; a file's name follows."""


def without_folders(text: str) -> str:
    """Return a text with the folders of this machine's paths left out: a name is enough.

    A path counts as one of this machine where its first folder exists here, so that an
    address (`/v1/search`) stays as it is.
    """
    return _FOLDERS.sub(lambda path: "" if Path("/", path[1]).is_dir() else path[0], text)


def worded(error: PhaenError, language: Language | None = None) -> str:
    """Return the message of an error without folders of this machine."""
    return without_folders(explain(error, language))
