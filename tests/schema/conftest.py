"""Both schemas, ready to be asked."""

import pytest

from settings import Settings
from tests.schema.asking import Side, operations_side, portal_side


@pytest.fixture
def in_operations(settings: Settings, database: str) -> Side:
    return operations_side(settings)


@pytest.fixture
def in_portal(settings: Settings, database: str) -> Side:
    return portal_side(settings)
