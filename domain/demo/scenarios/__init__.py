"""All scenarios of the demo, and the times at which the approval workflow is switched."""

from domain.demo.scenarios.active import ACTIVE, PROJECT_ABC
from domain.demo.scenarios.canceled import CANCELED_OR_REJECTED
from domain.demo.scenarios.completed import COMPLETED
from domain.demo.scenarios.invoiced import INVOICED
from domain.demo.scenarios.unconfirmed import UNCONFIRMED

SCENARIOS = COMPLETED + CANCELED_OR_REJECTED + UNCONFIRMED + ACTIVE + INVOICED
SHOWPIECE, SHOWPIECE_NUMBER = PROJECT_ABC, 779

# Day, hour, and whether invoices need an approval from then on; two invoices are composed in between.
WORKFLOW_SWITCHES = ((-1, 10, True), (-1, 14, False))
