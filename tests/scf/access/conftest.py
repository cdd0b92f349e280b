"""The small programme of the pages' tests."""

from tests.scf.portals.conftest import town

__all__ = ["town"]
