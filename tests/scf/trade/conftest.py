"""A programme for tests that store."""

import pytest

from scf.network.queries import ProgrammeFacts
from tests.scf.imports.chain import programme_make


@pytest.fixture
def programme(db: None) -> ProgrammeFacts:
    return programme_make()
