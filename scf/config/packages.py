"""Serving single, named files of the front-end packages, and no source maps."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PackageStorage(Storage):
    """Reads the files of HUOSHUI_PACKAGE_FILES under the paths they are served at."""

    prefix = None

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return File(self.path_of(name).open("rb"), name=name)

    def exists(self, name: str) -> bool:
        return name in settings.HUOSHUI_PACKAGE_FILES

    def path(self, name: str) -> str:
        return str(self.path_of(name))

    def get_modified_time(self, name: str) -> Any:
        path = self.path_of(name)
        return FileSystemStorage(location=path.parent).get_modified_time(path.name)

    def path_of(self, name: str) -> Path:
        return Path(settings.HUOSHUI_PACKAGE_FILES[name])


class PackageFinder(BaseFinder):
    """Finds exactly the files that settings name, and reports the ones that are not installed."""

    storage = PackageStorage()

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        missing = [
            str(path) for path in settings.HUOSHUI_PACKAGE_FILES.values() if not Path(path).exists()
        ]
        if not missing:
            return []
        return [Error(f"not installed: {', '.join(missing)}", hint="run npm ci", id="huoshui.E001")]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file behind a static path; Django wants an empty list for a path it does not know."""
        wanted = settings.HUOSHUI_PACKAGE_FILES.get(path)
        if wanted is None or not Path(wanted).exists():
            return []
        return [str(wanted)] if find_all or kwargs.get("all") else str(wanted)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name in settings.HUOSHUI_PACKAGE_FILES:
            yield name, self.storage


class ServedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Hashed names and compressed copies; references to source maps, which we leave out, stay."""

    patterns = tuple(
        (glob, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for glob, rules in CompressedManifestStaticFilesStorage.patterns
    )
