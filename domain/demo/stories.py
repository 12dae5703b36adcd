"""All stories of the demo, and when the operator tried the approval workflow."""

from domain.demo.stories_begun import BEGUN
from domain.demo.stories_called_off import CALLED_OFF
from domain.demo.stories_completed import COMPLETED
from domain.demo.stories_invoiced import INVOICED
from domain.demo.stories_running import PROJECT_ABC, RUNNING

STORIES = COMPLETED + CALLED_OFF + BEGUN + RUNNING + INVOICED
SHOWPIECE, SHOWPIECE_NUMBER = PROJECT_ABC, 779

# Day, hour, and whether invoices need an approval from then on: two of them were composed meanwhile.
WORKFLOW = ((-1, 10, True), (-1, 14, False))
