"""Counts for Prometheus: requests and their seconds by endpoint, never by address or person."""

import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

REQUESTS = Counter("http_requests_total", "Answers by endpoint and status.", ["endpoint", "status"])
SECONDS = Histogram(
    "http_request_seconds",
    "Time to answer by endpoint.",
    ["endpoint"],
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10),
)


def exposition() -> bytes:
    """All counts as text: of every worker where they share a folder (PROMETHEUS_MULTIPROC_DIR), else of this one."""
    registry = CollectorRegistry()
    try:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    except ValueError:
        return generate_latest()
    return generate_latest(registry)


def register(app: Flask) -> None:
    """Count every answer."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def count(answer: Response) -> Response:
        endpoint = request.endpoint or "none"
        REQUESTS.labels(endpoint, answer.status_code).inc()
        SECONDS.labels(endpoint).observe(time.perf_counter() - g.get("started", time.perf_counter()))
        return answer
