"""Statements that change many orders note their contradictions in a time that grows with their number only."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.client_status.contradictions import index as contradiction_index
from domain.database import ddl

forward, backward = ddl.run(*contradiction_index.COMPARED_AS_SETS)


class Migration(migrations.Migration):
    """Three functions are written anew."""

    dependencies = [("domain", "0114_search_tables")]
    operations = [ops.RunSQL(forward, backward)]
