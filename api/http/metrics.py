"""How the server fares: `/metrics` for Prometheus, `/v1/ready` for a load balancer."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from api.http.jobs import Jobs
from api.http.schemas import StrictModel
from api.http.state import Kb
from kb import KnowledgeBase

router = APIRouter(tags=["health"])
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counters of one server: requests by route and status, and how long they took."""

    def __init__(self, kb: KnowledgeBase, jobs: Jobs) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "phaen_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "phaen_request_seconds",
            "From a request's head to its answer's end.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.registry.register(_Held(kb, jobs))

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request; `route` is the pattern of its path."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """Return all figures in the text format of Prometheus."""
        return generate_latest(self.registry)


class _Held(Collector):
    """What the knowledge base holds and what its jobs are at, read when it is asked for."""

    def __init__(self, kb: KnowledgeBase, jobs: Jobs) -> None:
        self._kb, self._jobs = kb, jobs

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give documents, bodies, statements, projects, and jobs by state."""
        held = GaugeMetricFamily("phaen_held", "What the knowledge base holds.", labels=["what"])
        for what, count in self._kb.counts().items():
            held.add_metric([what], count)
        yield held
        jobs = GaugeMetricFamily("phaen_jobs", "Jobs of this server by state.", labels=["state"])
        for state, count in self._jobs.states().items():
            jobs.add_metric([state], count)
        yield jobs

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Give nothing: names are not checked before there is a store to read."""
        return iter(())


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Return the server's figures in the text format of Prometheus."""
    own: Metrics = request.app.state.metrics
    return Response(own.text(), media_type=CONTENT_TYPE_LATEST)


class Ready(StrictModel):
    """Whether searches are answered without waiting."""

    ready: bool


@router.get(
    "/v1/ready",
    summary="พร้อมให้บริการหรือไม่",
    response_model=Ready,
    responses={503: {"model": Ready, "description": "ยังไม่พร้อม · not yet"}},
)
def ready(request: Request, kb: Kb) -> JSONResponse:
    """Return 200 where the store can be used and the model is loaded, 503 until then."""
    kb.store.look()
    loaded = not request.app.state.warm or bool(kb.model_status()["loaded"])
    if loaded:
        return JSONResponse({"ready": True})
    return JSONResponse({"ready": False}, 503, headers={"retry-after": "5"})
