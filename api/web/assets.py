"""`/assets/…`: the style sheet, the typeface and the scripts of all pages."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

from api.web.rendering import FOLDER

router = APIRouter(include_in_schema=False)
_STATIC = FOLDER / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".txt": "text/plain"}
_FILES = {
    path.relative_to(_STATIC).as_posix(): path
    for path in _STATIC.rglob("*")
    if path.suffix in _TYPES
}


@router.get("/assets/{name:path}")
def asset(name: str) -> FileResponse:
    """Return one of the files that came with phaen; any other name is not found."""
    path = _FILES.get(name)
    if path is None:
        raise HTTPException(404)
    headers = {"cache-control": "max-age=3600"}
    return FileResponse(path, headers=headers, media_type=_TYPES[path.suffix])
