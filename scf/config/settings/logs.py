"""Structured logs, one JSON object per line, without secrets and personal data."""

import logging
from typing import Any

import structlog
from structlog.typing import Processor

from scf.config.env import flag, text
from scf.config.redaction import event_redact

HUOSHUI_LOG_LEVEL = text("HUOSHUI_LOG_LEVEL", default="INFO")

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    event_redact,
]
_RENDERER: Processor = (
    structlog.dev.ConsoleRenderer(colors=False)
    if flag("HUOSHUI_LOG_PLAIN")
    else structlog.processors.JSONRenderer(ensure_ascii=False)
)

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_SHARED,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": _RENDERER,
            "foreign_pre_chain": [*_SHARED, structlog.processors.format_exc_info],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["stderr"], "level": HUOSHUI_LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": logging.WARNING, "propagate": False},
        "axes": {"level": logging.WARNING},
    },
}
