"""The product's settings on this run's own database and Redis, with fast passwords."""

from tests.support.run import run_prepare

run_prepare()

from scf.config.settings import *  # noqa: E402
from scf.config.settings import HUOSHUI_CHAIN_DIR, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
HUOSHUI_CHAIN_DIR = HUOSHUI_CHAIN_DIR.with_name("chains-of-tests")
