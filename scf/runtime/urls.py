"""Database URLs as values: taking them apart and changing one part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    host: str
    port: int | None
    user: str
    password: str
    database: str
    options: dict[str, str]


def url_parse(url: str) -> DatabaseUrl:
    """Take `postgresql://user:password@host:port/name?option=value` apart.

    Raises ValueError for another scheme, or when the database's name is missing.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"a database URL starts with postgresql://, not {parts.scheme}://")
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ValueError("the database URL names no database")
    return DatabaseUrl(
        host=parts.hostname or "",
        port=parts.port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=name,
        options=dict(parse_qsl(parts.query)),
    )


def url_with(
    url: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> str:
    """The same URL with another login or another database."""
    parts = urlsplit(url)
    login = quote(user, safe="") if user is not None else parts.username or ""
    secret = quote(password, safe="") if password is not None else parts.password or ""
    host = parts.netloc.rpartition("@")[2]
    credentials = f"{login}:{secret}@" if secret else f"{login}@" if login else ""
    path = f"/{quote(database, safe='')}" if database is not None else parts.path
    return urlunsplit((parts.scheme, credentials + host, path, parts.query, ""))


def django_database(url: str) -> dict[str, Any]:
    """Django's form of a database URL."""
    parsed = url_parse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parsed.database,
        "USER": parsed.user,
        "PASSWORD": parsed.password,
        "HOST": parsed.host,
        "PORT": str(parsed.port or ""),
        "OPTIONS": dict(parsed.options),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def django_url(settings: Mapping[str, Any]) -> str:
    """The URL of a database in Django's form; the reverse of `django_database`."""
    login = f"{quote(settings['USER'], safe='')}:{quote(settings['PASSWORD'], safe='')}"
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    name, options = quote(settings["NAME"], safe=""), urlencode(settings["OPTIONS"])
    query = f"?{options}" if options else ""
    return f"postgresql://{login}@{settings['HOST']}{port}/{name}{query}"
