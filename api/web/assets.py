"""The files pages load, `/assets/…`: the style sheet, the typeface, small scripts. All our own."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse

from api.web.rendering import FOLDER
from ingest.errors import UsageError

router = APIRouter(include_in_schema=False)
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}
_SHORT, _LONG = "max-age=3600", "max-age=31536000, immutable"


@router.get("/assets/{name}")
def asset(name: str) -> FileResponse:
    """Return one file of the folder `static`, by a name it has; raise UsageError for others."""
    for path in (FOLDER / "static").iterdir():
        if path.name == name and path.suffix in _TYPES:
            age = _LONG if path.suffix == ".woff2" else _SHORT
            return FileResponse(
                path, media_type=_TYPES[path.suffix], headers={"cache-control": age}
            )
    raise UsageError("not-found", path=f"/assets/{name}")
