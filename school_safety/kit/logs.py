"""Structured logs: one JSON line an event, with endpoint names instead of paths, and never a person's name."""

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()

SLOW_SECONDS = 1.0


def configure(level: str) -> None:
    """Write JSON lines to standard error from `level` up."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def register(app: Flask) -> None:
    """Log slow requests; everything else is counted by the metrics (registered first), not written line by line."""

    @app.after_request
    def note(answer: Response) -> Response:
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        if seconds > SLOW_SECONDS:
            log.warning("slow_request", endpoint=request.endpoint, status=answer.status_code, seconds=round(seconds, 3))
        return answer
