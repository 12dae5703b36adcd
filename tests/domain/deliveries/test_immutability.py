"""Submitted versions and their files never change, whatever statement tries it."""

import pytest
from tortoise import connections
from tortoise.exceptions import BaseORMException

from domain.deliveries.inputs import DeliveryDraft
from domain.deliveries.model import DeliveryFile, DeliveryStatus, DeliveryVersion
from tests.makers.deliveries import a_delivery
from tests.makers.files import a_file
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE delivery_versions SET description = 'Other'",
        "DELETE FROM delivery_versions",
        "UPDATE delivery_files SET position = 7",
        "DELETE FROM delivery_files",
        "INSERT INTO delivery_files (id, delivery_id, number, position, file_id) SELECT uuidv7(), delivery_id, 1, 2, "
        "(SELECT f.id FROM files f WHERE f.name = 'other.txt') FROM delivery_files",
        "UPDATE files SET sha256 = repeat('0', 64) WHERE name = 'slides.txt'",
    ],
)
async def test_the_database_refuses(statement: str) -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    file, _ = await a_file(case.around.by_member), await a_file(case.around.by_member, name="other.txt")
    await case.move("describe", DeliveryDraft(description="Slides", file_ids=(file.id,)))
    await case.move("submit")

    with pytest.raises(BaseORMException):
        await connections.get("default").execute_query(statement)

    version, kept = await DeliveryVersion.get(delivery_id=case.id), await DeliveryFile.get(delivery_id=case.id)
    assert (version.description, kept.file_id, kept.position) == ("Slides", file.id, 1)
