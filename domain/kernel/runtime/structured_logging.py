"""Structured logs: readable in development, one JSON object a line in production."""

import logging
import sys
from typing import Any

import structlog


def configure_logging(*, human_readable: bool) -> None:
    """Send structured logs to standard output, each with the request's id where there is one.

    Tracebacks show lines of code and never the values of variables, which may be secret.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(_human_readable_renderers() if human_readable else _json_renderers()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )


def _human_readable_renderers() -> list[Any]:
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=plain)]


def _json_renderers() -> list[Any]:
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
