"""States and choices that only members and the operator's people are shown, by what they belong to."""

from schema.operations.enums import billing as billing
from schema.operations.enums import client_status as client_status
from schema.operations.enums import messages as messages
from schema.operations.enums import orders as orders
from schema.operations.enums import people as people
