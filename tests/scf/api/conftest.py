"""The stages of the journeys' tests serve this room too, with people who hold tokens."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from tests.scf.journeys.conftest import Stage, refused, stage

__all__ = ["refused", "stage"]


class Machines:
    """``machines("supplier")`` calls the API with that person's token."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def __call__(self, who: str, **headers: str) -> Any:
        token, _ = Token.objects.get_or_create(user_id=self.stage.world.actors[who].user_id)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {token.key}", **headers)
        return client


@pytest.fixture
def machines(stage: Stage) -> Machines:
    return Machines(stage)
