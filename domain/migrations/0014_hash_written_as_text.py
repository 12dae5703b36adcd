"""The hash of an event is computed faster; it is the same as before, so chains go on."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database import ddl

forward, backward = ddl.run(ddl.EVENT_HASH_AS_TEXT)


class Migration(migrations.Migration):
    """One function."""

    dependencies = [("domain", "0013_asked_before_it_is_seen")]
    operations = [ops.RunSQL(forward, backward)]
