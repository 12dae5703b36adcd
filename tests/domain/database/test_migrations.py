"""The tables that migrations make are the tables that the models describe."""

from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector

from domain.database.pools import tortoise_config


async def test_no_model_has_changed_without_a_migration(database: str) -> None:
    detector = MigrationAutodetector(Tortoise.apps, tortoise_config(database)["apps"])

    changes = [operation for migration in await detector.changes() for operation in migration.operations]

    assert changes == []
