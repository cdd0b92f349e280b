"""PostgreSQL as two logins, and Redis.

`default` is the application's own role, which may not change the ledger's past. `owner` owns the
tables: migrations and grants use it, nothing else does.
"""

from scf.config.env import ENDPOINTS, RUN_DIR
from scf.runtime.urls import django_database

DATABASES = {
    "default": django_database(ENDPOINTS.app_url or ENDPOINTS.owner_url),
    "owner": django_database(ENDPOINTS.owner_url),
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

# Where chains are kept as mapped arrays; every file can be made again from the database.
HUOSHUI_CHAIN_DIR = RUN_DIR / "chains"
