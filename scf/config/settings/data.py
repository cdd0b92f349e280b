"""PostgreSQL as two logins, and Redis.

`default` is the application's own role, which may not change the ledger's past. `owner` owns the
tables: migrations and grants use it, nothing else does.
"""

from typing import Any

from scf.config.env import ENDPOINTS
from scf.runtime.urls import url_parse


def database(url: str) -> dict[str, Any]:
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
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {
    "default": database(ENDPOINTS.app_url or ENDPOINTS.owner_url),
    "owner": database(ENDPOINTS.owner_url),
}
HUOSHUI_APP_ROLE_SEPARATE = ENDPOINTS.app_url is not None

REDIS_URL = ENDPOINTS.redis_url
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "huoshui",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
