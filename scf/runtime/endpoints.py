"""Which database and which Redis this process talks to: the environment's, else our own."""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress

from scf.runtime.layout import Layout, layout_for, run_dir_ensure
from scf.runtime.processes import ServerError
from scf.runtime.roles import APP_ROLE, roles_ensure
from scf.runtime.servers import Addresses, addresses_recorded, servers_attach
from scf.runtime.state import private_write, secret_ensure
from scf.runtime.urls import url_with

NOWHERE = Addresses(
    owner_url="postgresql://huoshui@127.0.0.1:1/huoshui",
    app_url=None,
    redis_url="redis://127.0.0.1:1/0",
)


def endpoints_attach(
    *, layout: Layout | None = None, environment: Mapping[str, str] = os.environ
) -> Addresses:
    """Make sure that both servers can be reached, starting our own where none is named.

    Raises ServerError when one cannot.
    """
    layout = layout or layout_for()
    owner_url, redis_url = environment.get("DATABASE_URL"), environment.get("REDIS_URL")
    if owner_url is not None and environment.get("APP_DATABASE_URL") is None:
        _external_role_ensure(layout, owner_url=owner_url)
    if owner_url is None or redis_url is None:
        servers_attach(layout)
    return endpoints_read(layout=layout, environment=environment)


def endpoints_read(
    *, layout: Layout | None = None, environment: Mapping[str, str] = os.environ
) -> Addresses:
    """The same addresses without starting or asking anything; settings load with these."""
    layout = layout or layout_for()
    own = addresses_recorded(layout) or NOWHERE
    owner_url = environment.get("DATABASE_URL")
    redis_url = environment.get("REDIS_URL", own.redis_url)
    if owner_url is None:
        return Addresses(owner_url=own.owner_url, app_url=own.app_url, redis_url=redis_url)
    app_url = environment.get("APP_DATABASE_URL")
    if app_url is None and _external_mark(layout, owner_url=owner_url) is not None:
        password = secret_ensure(layout.run_dir / "app-password")
        app_url = url_with(owner_url, user=APP_ROLE, password=password)
    return Addresses(owner_url=owner_url, app_url=app_url, redis_url=redis_url)


def database_is_own(*, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this process uses the database that the checkout started itself."""
    return "DATABASE_URL" not in environment


def _external_role_ensure(layout: Layout, *, owner_url: str) -> None:
    """Make our role on somebody else's server, and remember that it worked."""
    run_dir_ensure(layout)
    password = secret_ensure(layout.run_dir / "app-password")
    mark = layout.run_dir / f"external-{_key(owner_url)}"
    if roles_ensure(owner_url=owner_url, app_password=password):
        private_write(mark, "the application logs in as its own role\n")
    else:
        mark.unlink(missing_ok=True)


def _external_mark(layout: Layout, *, owner_url: str) -> str | None:
    with suppress(FileNotFoundError):
        return (layout.run_dir / f"external-{_key(owner_url)}").read_text()
    return None


def _key(owner_url: str) -> str:
    return hashlib.sha256(owner_url.encode()).hexdigest()[:16]


__all__ = ["Addresses", "ServerError", "database_is_own", "endpoints_attach", "endpoints_read"]
