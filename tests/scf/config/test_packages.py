"""Only the files that pages need are served, and they are really installed."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from scf.config.packages import PackageFinder, ServedStorage


def test_every_named_file_is_installed_and_found() -> None:
    assert PackageFinder().check() == []
    for name, path in settings.HUOSHUI_PACKAGE_FILES.items():
        assert finders.find(name) == str(path)


def test_nothing_else_of_a_package_is_served() -> None:
    assert finders.find("vendor/tabler/tabler.rtl.css") is None
    assert finders.find("vendor/tabler/../../package.json") is None


def test_a_missing_file_is_reported_with_the_way_out(settings: object) -> None:
    settings.HUOSHUI_PACKAGE_FILES = {"vendor/x.js": Path("/nowhere/x.js")}  # type: ignore[attr-defined]
    (problem,) = PackageFinder().check()
    assert problem.hint == "run npm ci"


def test_source_maps_do_not_stop_the_collection() -> None:
    rules = [str(rule) for _glob, rules in ServedStorage.patterns for rule in rules]
    assert rules
    assert not [rule for rule in rules if "sourceMappingURL" in rule]
