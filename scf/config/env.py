"""What the environment says, read once and typed. Only this module and scf.runtime read it."""

import os
from pathlib import Path

from scf.runtime.endpoints import endpoints_read
from scf.runtime.layout import CHECKOUT, layout_for
from scf.runtime.state import secret_ensure

BASE_DIR: Path = CHECKOUT
RUN_DIR: Path = layout_for().run_dir
ENDPOINTS = endpoints_read()


def flag(name: str, *, default: bool = False) -> bool:
    """A switch: 1, true, yes or on (any case) turn it on."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


def text(name: str, *, default: str) -> str:
    return os.environ.get(name, default)


def items(name: str, *, default: str) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret(name: str) -> str:
    """A secret from the environment, else one made for this checkout (0600 in the run folder)."""
    return os.environ.get(name) or secret_ensure(RUN_DIR / name.lower().replace("_", "-"))
