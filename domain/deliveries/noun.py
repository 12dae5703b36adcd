"""Deliveries as the registry knows them."""

from domain.deliveries.consequences import CONSEQUENCES
from domain.deliveries.lifecycle import DELIVERIES
from domain.deliveries.reads import is_of_current_version
from domain.engine.noun import AfterSending, Noun
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients

# The record of an acceptance could not be made yet, see the worker of documents.
RECORD_FAILED = "delivery.recordFailed"
# A consumer's review starts with the mail that names acceptance by silence.
REVIEW_STARTS = AfterSending(move="startReview", still_applies=is_of_current_version)

NOUN = Noun(
    lifecycles=(DELIVERIES,),
    consequences=CONSEQUENCES,
    recipients={"delivery": Recipients(caretaker=Role.STAFF, alarms=frozenset({RECORD_FAILED}))},
    after_sending=dict.fromkeys(("delivery.submit", "delivery.resubmit", "delivery.changeContact"), REVIEW_STARTS),
)
