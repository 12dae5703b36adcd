"""Descriptions of tables in the migrations' state follow the first lines of their models; the database stays as it is."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_generator.state import State

DESCRIPTIONS = {
    "Account": "A person who signs in with an e-mail address and a password.",
    "ApiToken": "A bearer token of an integration; only the hash of its secret is stored. Expires in real time.",
    "Assignment": "The assignment of an employee to an order.",
    "Automation": "When `trigger` happens (to `stage`, for a stage entry) and every given condition holds, the action is run.",
    "AutomationRun": "The result of one automation at one event for one order; there is never a second one.",
    "BillableLine": "An amount to be invoiced, from a planned invoice, a delivery or entered by hand.",
    "BulkItem": "The result for one order of an operation; `refusals` have the form of `kernel/stored_refusals`.",
    "ClientStatus": "One row per order; hidden until it is shown. Its version is its own, not the order's.",
    "ClientStatusChange": "One dated entry of the history: the status from then on, and the account or automation that set it.",
    "Comment": "A comment on an order, for the readers that its author chose.",
    "Customer": "A business or person that orders and pays.",
    "Defect": "A defect that a customer found in one version.",
    "DeliveryVersion": "A submitted version; it never changes.",
    "DocumentNumber": "The register of numbers: the document of each number, and when it was allocated.",
    "Evidence": "Proof that a customer agreed outside the platform: a link and a title.",
    "FeeRate": "The operator's fee in percent of net, and the date from which it applies.",
    "NumberSeries": "The last allocated number of a series; transactions that print wait for the lock of this row.",
    "OfferRevision": "The offer word for word, as the customer may confirm it; proof of the agreement.",
    "Order": "One order. Sums are stored in cents and rewritten with the billing plan.",
    "OrderTemplate": "The initial facts of an order. Lengths in days count from the day the work starts.",
    "PendingStatus": "A change that waits out its quiet period; the client still reads the status from before.",
    "Rehearsal": "The result an automation would have had at one past event: the status as it was, and as it would have become.",
    "Session": "One signed-in browser; only the hash of its secret is stored. Expires in real time.",
    "Stage": "One column of a board. `card_limit` is the number of cards it is meant to hold.",
    "StatusTemplate": "Content that is copied into client statuses; `edition` counts its changes, `version` all changes.",
}


class DescribeTables(ops.TortoiseOperation):
    """Set all descriptions at once: an operation for each would render the models anew each time, for seconds."""

    def describe(self) -> str:
        return "Describe tables"

    def state_forward(self, app_label: str, state: State) -> None:
        for name, description in DESCRIPTIONS.items():
            self.get_model_state(state, app_label, name).options["table_description"] = description


class Migration(migrations.Migration):
    """Texts in the migrations' state."""

    dependencies = [("domain", "0016_outbox_message")]
    operations = [DescribeTables()]
