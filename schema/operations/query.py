"""The queries of the operations schema."""

from datetime import datetime

import strawberry

from domain.operator.scope import OPERATOR_SCOPE
from domain.timeline import NOTIFICATIONS_SCOPE
from schema.declarations.fields import column, embedded, lookup, singleton
from schema.declarations.nodes import node_list, node_lookup
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.nodes import NODES
from schema.operations.notifications import UserNotification
from schema.operations.operator import Operator
from schema.operations.queries.administration import AdministrationQueries
from schema.operations.queries.business import BusinessQueries
from schema.operations.queries.money import MoneyQueries
from schema.operations.queries.search import SearchQueries
from schema.operations.queries.workflow import WorkflowQueries
from schema.operations.viewer import Viewer
from schema.shared.actions import Beginning
from schema.shared.field_order import field_order
from schema.shared.node import NODES_DESCRIPTION, Node
from schema.shared.notifications import notifications_field
from schema.shared.pagination import Connection


@field_order("now viewer operator beginnings node nodes search")
@strawberry.type(description="Where reading begins. What the viewer may not see looks like what does not exist.")
class Query(SearchQueries, BusinessQueries, MoneyQueries, AdministrationQueries, WorkflowQueries):
    """The root of all queries."""

    now: datetime = column("{now}", description="The instant by which everything here is judged.")
    viewer: Viewer = embedded(description="Who is asking.")
    operator: Operator = singleton(OPERATOR_SCOPE, where="TRUE", description="Who runs this platform.")
    beginnings: list[Beginning] = OPEN_ACTIONS.beginnings()
    node: Node | None = node_lookup(NODES, description="One object of any type.")
    nodes: list[Node | None] = node_list(NODES, description=NODES_DESCRIPTION)
    notification: UserNotification | None = lookup(
        NOTIFICATIONS_SCOPE, column_name="id", id_prefix="ntf", description="One notification of the viewer."
    )
    notifications: Connection[UserNotification] = notifications_field()
