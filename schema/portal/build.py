"""The portal schema, put together."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.compiled import limits
from schema.compiled.execution import Execution
from schema.derive.mutations import mutations
from schema.portal.errors import TYPES
from schema.portal.query import Query
from schema.portal.subscription import Subscription
from schema.portal.surface import SURFACE
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
