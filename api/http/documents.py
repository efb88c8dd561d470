"""Documents over HTTP: uploads, lists, one with all it says, removal."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Header, Path, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from api.http.jobs import Job, JobShape
from api.http.paging import FilterQuery, ListPage, key_of, page_of
from api.http.problems import UploadFailedError
from api.http.responses import finished_in_time, job_accepted
from api.http.schemas import DocumentShape, ErrorShape, StrictModel, WholeDocument
from api.http.state import Kb, Limits
from api.http.uploads import begun
from api.text.language import accepted
from api.text.plan import tree


class UploadedDocument(DocumentShape):
    """A stored document and whether it is new."""

    document_id: str
    status: Literal["added", "unchanged", "replaced"]
    error: None


class FailedUpload(StrictModel):
    """A file that could not be read, and why."""

    file: str
    document_id: None
    status: Literal["failed"]
    error: ErrorShape


class Uploaded(StrictModel):
    """The result of each file, in the order they were sent (archives file by file)."""

    documents: list[UploadedDocument | FailedUpload]


Id = Annotated[
    str, Path(max_length=64, description="รหัสเอกสาร หรือส่วนต้นของรหัส · id, or its beginning")
]
router = APIRouter(prefix="/documents", tags=["documents"])


@router.get("", summary="รายการเอกสาร", response_model=ListPage[DocumentShape])
def documents(kb: Kb, query: Annotated[FilterQuery, Query()]) -> JSONResponse:
    """List the documents that match the filters, in the order they were added."""
    stored = kb.documents(query.filters(), limit=query.limit + 1, after=key_of(query.cursor))
    return JSONResponse(page_of(stored, query.limit))


@router.post(
    "",
    summary="เพิ่มเอกสาร",
    status_code=201,
    response_model=Uploaded,
    responses={
        200: {"model": Uploaded, "description": "มีอยู่แล้วทั้งหมด · all kept already"},
        202: {"model": JobShape, "description": "กำลังอ่าน · being read"},
    },
)
async def add(
    request: Request,
    kb: Kb,
    limits: Limits,
    file: Annotated[list[UploadFile], File(description="ไฟล์เอกสาร (หนึ่งหรือหลายไฟล์) · files")],
    organisation: Annotated[str | None, Form(max_length=500)] = None,
    period: Annotated[str | None, Form(max_length=50)] = None,
    prefer: Annotated[
        str | None, Header(max_length=200, description="respond-async, wait=5 (RFC 7240)")
    ] = None,
    accept_language: Annotated[
        str | None, Header(max_length=200, description="ภาษาของข้อความ · th, en")
    ] = None,
) -> JSONResponse:
    """Read files in the sandbox and store what they say.

    Answers 201 when all are read (200 where nothing was new). Work that takes longer than
    some seconds answers 202 with a job; `Prefer: respond-async` or `wait=N` (RFC 7240)
    choose how long to wait.
    """
    job, work = await begun(
        request, kb, limits, file, organisation, period, accepted(accept_language)
    )
    if not await finished_in_time(job, work, prefer, limits):
        return job_accepted(job)
    return _upload_answer(job)


def _upload_answer(job: Job) -> JSONResponse:
    job.raise_failure()
    stored = [outcome for outcome in job.result if outcome["error"] is None]
    if not stored:
        raise UploadFailedError(job.result)
    new = any(outcome["status"] != "unchanged" for outcome in stored)
    headers = {"location": f"/v1/documents/{stored[0]['id']}"} if len(stored) == 1 else None
    return JSONResponse({"documents": job.result}, 201 if new else 200, headers=headers)


@router.get("/{document}", summary="เอกสารหนึ่งฉบับ", response_model=WholeDocument)
def document(kb: Kb, document: Id) -> JSONResponse:
    """Return one document with its statements and projects, in reading order and as a tree."""
    stored = kb.document(document)
    whole = kb.whole(stored.id).to_dict()
    return JSONResponse(
        whole | {"added_at": stored.added_at, "tree": tree(whole["statements"], whole["projects"])}
    )


@router.delete("/{document}", summary="ลบเอกสาร", status_code=204)
def remove(kb: Kb, document: Id) -> Response:
    """Remove a document with its statements and projects."""
    kb.remove(kb.document(document).id)
    return Response(status_code=204)
