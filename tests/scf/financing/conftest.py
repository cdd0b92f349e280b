"""The stages of the journeys' tests serve this room too."""

from tests.scf.journeys.conftest import refused, stage

__all__ = ["refused", "stage"]
