"""ASGI middleware that lets a request through by who sends it and what the rights say."""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.access import Access, bearer_of, writes
from api.http.identity import LOCAL, Identities, Identity
from api.http.problems import problem, status_of, wants_page
from api.http.rights import Right, right_of
from api.http.typed import typed_in
from api.text.language import Language, accepted
from api.text.messages import message
from ingest.errors import PhaenError
from kb.store.actor import acting_as


class AccessLayer:
    """Requires a log-in where there are users or a token, holds the rights, and reading only."""

    def __init__(self, app: ASGIApp, access: Access, identities: Identities) -> None:
        self.app, self.access, self.identities = app, access, identities

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as its sender, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            answer, identity = await self._checked(request)
        except PhaenError as error:
            status = 401 if error.code == "token-wrong" else status_of(error)
            answer, identity = problem(request, error.code, status, error.details), None
            if status == 401:
                answer.headers["www-authenticate"] = 'Bearer realm="phaen"'
        if answer is not None:
            await answer(scope, receive, send)
            return
        if identity is None:
            await self.app(scope, receive, send)
            return
        with acting_as(identity.actor):
            await self.app(scope, receive, send)

    async def _checked(self, request: Request) -> tuple[Response | None, Identity | None]:
        path: str = request.scope["path"]
        right = right_of(request.method, path)
        identity = await self._identity(request, right)
        request.state.identity = identity
        refusal = await self._refusal(request, right, identity)
        if refusal is None and self.access.read_only and writes(request.method, path):
            refusal = problem(request, "read-only", 403, {})
        return refusal, identity

    async def _identity(self, request: Request, right: Right | None) -> Identity | None:
        if not self.identities.needed():
            return LOCAL
        public = right is not None and right.least == "public"
        if public and right is not None and right.path.startswith(("/assets", "/problems")):
            return None
        if public and bearer_of(request) is not None:
            return None
        return await run_in_threadpool(self.identities.identity, request)

    async def _refusal(
        self, request: Request, right: Right | None, identity: Identity | None
    ) -> Response | None:
        if right is not None and right.allows(identity.role if identity else None):
            return None
        if identity is None:
            return await self._ask(request)
        if identity is LOCAL:
            return None
        if right is not None:
            language = _language(request)
            words = {
                "role": message(f"role-{identity.role}", language),
                "least": message(f"role-{right.least}", language),
            }
            return problem(request, "role-refused", 403, words)
        if _is_route(request.scope):
            return problem(request, "route-refused", 403, {})
        return None

    async def _ask(self, request: Request) -> Response:
        """Ask for a log-in: a browser by the page, which carries what was typed."""
        if wants_page(request) and request.method in ("GET", "HEAD"):
            root, query = request.scope.get("root_path", ""), request.scope["query_string"].decode()
            back = quote(request.scope["path"] + (f"?{query}" if query else ""), safe="")
            language = "&lang=en" if request.query_params.get("lang") == "en" else ""
            return RedirectResponse(f"{root}/login?back={back}{language}", 303)
        if wants_page(request):
            typed = await typed_in(request)
            if typed is not None:
                page: Response = request.app.state.login_page(request, typed)
                return page
        code = "login-missing" if self.access.token is None else "token-missing"
        answer = problem(request, code, 401, {})
        answer.headers["www-authenticate"] = 'Bearer realm="phaen"'
        return answer


def _is_route(scope: Scope) -> bool:
    method = "GET" if scope["method"] in ("HEAD", "OPTIONS") else scope["method"]
    routes = scope["app"].router.routes
    return any(route.matches({**scope, "method": method})[0] is Match.FULL for route in routes)


def _language(request: Request) -> Language:
    if wants_page(request):
        return "en" if request.query_params.get("lang") == "en" else "th"
    return accepted(request.headers.get("accept-language"))
