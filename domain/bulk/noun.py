"""Operations on many rows as the registry knows them."""

from domain.bulk.lifecycle import BULK
from domain.engine.noun import Noun
from domain.engine.retention import cleanup

# Results are removed first, because there are many of them.
NOUN = Noun(
    lifecycles=BULK,
    has_timeline=False,
    cleanups=(
        cleanup(
            "bulk_items",
            """operation_id IN
        (SELECT o.id FROM bulk_operations o WHERE o.created_at < app_now() - interval '30 days')""",
        ),
        cleanup(
            "bulk_operations",
            """created_at < app_now() - interval '30 days'
        AND NOT EXISTS (SELECT 1 FROM bulk_items i WHERE i.operation_id = bulk_operations.id)""",
        ),
    ),
)
