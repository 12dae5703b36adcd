"""The operations schema, put together."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.derivation.mutations import mutations
from schema.execution import limits
from schema.execution.raw_json import RawJsonExecutionContext
from schema.operations.api_profile import PROFILE
from schema.operations.errors import ERROR_TYPES
from schema.operations.query import Query
from schema.operations.subscription import Subscription
from schema.shared.scalars import SCALARS

schema = strawberry.Schema(
    query=Query,
    mutation=mutations(PROFILE),
    subscription=Subscription,
    types=ERROR_TYPES,
    config=StrawberryConfig(scalar_map=SCALARS),
    extensions=list(limits.extensions()),
    execution_context_class=RawJsonExecutionContext,
)
