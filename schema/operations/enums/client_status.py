"""Choices of client statuses, and of templates and automations that set them."""

from domain.automations.model import AutomationAction, AutomationState, ExpectedRule, RunOutcome
from domain.kernel.availability import Availability
from domain.status_templates.kinds import StatusKind
from domain.status_templates.model import Notification
from schema.shared.enums import describe_enum

describe_enum(
    Availability,
    "Whether something may still be chosen.",
    ACTIVE="It may.",
    RETIRED="It stays for what was made from it, and is offered no longer.",
)
describe_enum(
    Notification,
    "Whether a change of a client status is mailed, and when.",
    NONE="Nobody is mailed.",
    AT_ONCE="Clients are mailed at once.",
    DAILY_DIGEST="Clients read of it in the mail of the next morning.",
)
describe_enum(
    AutomationState,
    "Whether an automation runs.",
    ACTIVE="It follows what happens.",
    PAUSED="It follows nothing until it is resumed.",
    RETIRED="It is over; what it did stays.",
)
describe_enum(
    AutomationAction,
    "What an automation does.",
    SET_TEMPLATE="Fills the client status from a template.",
    SHOW="Shows the client status as it is.",
    HIDE="Hides the client status.",
    SET_EXPECTED="Sets the day the client may expect the result.",
    ENTER_STAGE="Moves the order to a stage of a board.",
)
describe_enum(
    ExpectedRule,
    "Which day the client may expect the result.",
    DAYS_AFTER="So many calendar days after the event.",
    DELIVERY_DUE="The day the delivery is due.",
    CLEARED="No day.",
)
describe_enum(
    RunOutcome,
    "What came of an automation at one event for one order.",
    APPLIED="It did what it says.",
    UNCHANGED="Everything was so already.",
    KEPT_BY_HAND="The text was written by hand and still wins.",
    DESELECTED="Whoever moved the order chose that it should not run.",
    LOOP="It was stopped: automations would have gone in circles.",
    FAILED="It was not possible; somebody may try again or dismiss it.",
    DISMISSED="It was not possible, and somebody took note of it.",
)
describe_enum(
    StatusKind,
    "What a client status claims about the work.",
    PLANNED="It has not begun.",
    ON_HOLD="It rests.",
    IN_PROGRESS="Somebody is at it.",
    IN_REVIEW="It is being checked.",
    DONE="It is finished.",
)
