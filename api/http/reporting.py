"""Reports as pages: each carries its own style, font and pictures, and nothing that runs."""

from __future__ import annotations

from fastapi.responses import HTMLResponse

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def report(text: str) -> HTMLResponse:
    """Answer with a report; a browser may use what stands in it, and load nothing else."""
    return HTMLResponse(text, headers=REPORT_HEADERS)


REPORT_HEADERS = {"content-security-policy": _POLICY}
