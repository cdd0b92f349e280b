"""Database URLs as values: taking them apart and changing one part."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit


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
