"""The portal schema, put together."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.derivation.mutations import mutations
from schema.execution import limits
from schema.execution.raw_json import RawJsonExecutionContext
from schema.portal.api_profile import PROFILE
from schema.portal.errors import ERROR_TYPES
from schema.portal.query import Query
from schema.portal.subscription import Subscription
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
