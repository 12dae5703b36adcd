"""All stories of the demo, and when the operator tried the approval workflow."""

from domain.demo.stories_begun import UNCONFIRMED
from domain.demo.stories_called_off import CANCELED_OR_REJECTED
from domain.demo.stories_completed import COMPLETED
from domain.demo.stories_invoiced import INVOICED
from domain.demo.stories_running import PROJECT_ABC, ACTIVE

SCENARIOS = COMPLETED + CANCELED_OR_REJECTED + UNCONFIRMED + ACTIVE + INVOICED
SHOWPIECE, SHOWPIECE_NUMBER = PROJECT_ABC, 779

# Day, hour, and whether invoices need an approval from then on: two of them were composed meanwhile.
WORKFLOW_SWITCHES = ((-1, 10, True), (-1, 14, False))
