"""The export over HTTP: the whole knowledge base as one ZIP file that can be cited."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse
from pydantic import WithJsonSchema
from starlette.background import BackgroundTask

from api.http.state import Kb
from ingest.temporary import TemporaryFolder

router = APIRouter(tags=["export"])
TableFormat = Annotated[str, WithJsonSchema({"type": "string", "enum": ["csv", "parquet"]})]


@router.get(
    "/export",
    summary="ส่งออกทั้งฐานความรู้",
    response_class=FileResponse,
    responses={
        200: {
            "description": "ZIP",
            "content": {"application/zip": {"example": "phaen-51447e94fffc6952.zip"}},
        }
    },
)
def export_all(
    kb: Kb,
    format: Annotated[list[TableFormat], Query(description="csv, parquet", max_length=4)] = [],  # noqa: B006 (FastAPI copies it)
) -> FileResponse:
    """Return statements, projects and sources as CSV and Parquet, with dictionary and checksums."""
    from kb.export.dataset import export_zip

    folder = TemporaryFolder()
    file = folder.path / "export.zip"
    try:
        made = export_zip(kb, file, format)
    except BaseException:
        folder.remove()
        raise
    return FileResponse(
        file,
        media_type="application/zip",
        filename=f"phaen-{made.id}.zip",
        headers={"ETag": f'"{made.id}"'},
        background=BackgroundTask(folder.remove),
    )
