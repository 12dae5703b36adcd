"""The operations schema, put together."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.compiled import limits
from schema.compiled.execution import Execution
from schema.derive.mutations import mutations
from schema.operations.errors import TYPES
from schema.operations.query import Query
from schema.operations.subscription import Subscription
from schema.operations.surface import SURFACE
from schema.shared.scalars import SCALARS

schema = strawberry.Schema(
    query=Query,
    mutation=mutations(SURFACE),
    subscription=Subscription,
    types=TYPES,
    config=StrawberryConfig(scalar_map=SCALARS),
    extensions=list(limits.extensions()),
    execution_context_class=Execution,
)
