"""One order's whole way through HTTP alone, against the running system, with Redis turned off."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.running_system import RunningSystem, eventually, running

MEMBER, STAFF, CUSTOMER = "member@werkstand.example", "staff@werkstand.example", "customer@werkstand.example"
OPERATIONS, PORTAL = "/graphql", "/portal/graphql"
ORDER = """query ($id: ID!) { order(id: $id) { status number version budgetInflow { amount }
    deliveries { id status acceptedBy currentNumber version }
    invoices { id status number issuedOn } rejection { cause } } }"""
WORK = "{ workInProgress(first: 50) { nodes { name label } } }"
TOKEN = re.compile(r"/l/([A-Za-z0-9_.-]+)")


class Story:
    """The people of one story and what they do."""

    def __init__(self, system: RunningSystem) -> None:
        self.system = system
        self.keys = {email: f"Bearer {system.command('token', email)}" for email in (MEMBER, STAFF, CUSTOMER)}

    def move(self, who: str, mutation: str, noun: str = "order", **given: Any) -> dict[str, Any]:
        """Make one move; it must not be refused."""
        answer = self.answer(self.keys.get(who, who), mutation, noun, given)
        assert answer["errors"] == [], answer["errors"]
        entity: dict[str, Any] = answer[noun]
        return entity

    def answer(self, key: str, mutation: str, noun: str, given: dict[str, Any]) -> dict[str, Any]:
        kind = mutation[0].upper() + mutation[1:]
        document = f"""mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{
            {noun} {{ id }} errors {{ __typename message }} replayed }} }}"""
        path = PORTAL if key.startswith("Link") or key == self.keys[CUSTOMER] else OPERATIONS
        answer: dict[str, Any] = self.system.ask(path, key, document, input=given)[mutation]
        return answer

    def order(self, order_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.system.ask(OPERATIONS, self.keys[MEMBER], ORDER, id=order_id)["order"]
        return found

    def work_in_progress(self) -> list[str]:
        answer = self.system.ask(PORTAL, self.keys[CUSTOMER], WORK)
        return [status["label"] for status in answer["workInProgress"]["nodes"]]

    def offered(self, project: str, today: date) -> str:
        """A new order, submitted and approved."""
        order_id = self.move(MEMBER, "orderCreate", **self.draft(project, today))["id"]
        self.move(MEMBER, "orderSubmit", id=order_id)
        self.move(STAFF, "orderApprove", id=order_id)
        return str(order_id)

    def draft(self, project: str, today: date) -> dict[str, Any]:
        known = "{ customers(first: 50) { nodes { id legalName contacts { id email } } } }"
        customers = self.system.ask(OPERATIONS, self.keys[MEMBER], known)["customers"]["nodes"]
        (customer,) = [each for each in customers if each["legalName"] == "Kunde XYZ"]
        entry = {"text": "Workshop", "unitPrice": "500.00", "invoiceOn": str(today + timedelta(days=10))}
        return {
            "project": project,
            "customerId": customer["id"],
            "contactId": customer["contacts"][0]["id"],
            "serviceFrom": str(today),
            "serviceTo": str(today),
            "offerValidUntil": str(today + timedelta(days=2)),
            "plannedInvoices": [entry],
        }


@pytest.mark.long
def test_one_order_from_draft_to_completion(tmp_path: Path) -> None:
    with running(tmp_path, "--without-redis") as system:
        story = Story(system)
        today = date.fromisoformat(
            system.ask(OPERATIONS, story.keys[STAFF], "{ operator { today } }")["operator"]["today"]
        )

        order_id = story.offered("Eine Geschichte", today)
        assert story.order(order_id)["budgetInflow"]["amount"] == "455.00"
        unanswered = story.offered("Ohne Antwort", today)

        the_customer_confirms_by_link(story, order_id)
        delivery_id = the_member_delivers(story, order_id)
        the_client_status_comes_and_goes(story, order_id)

        system.command("time-travel", "+3d")
        eventually(lambda: story.order(unanswered)["rejection"])
        assert story.order(unanswered)["rejection"]["cause"] == "OFFER_EXPIRED"
        silence_accepts(story, order_id, delivery_id)

        (draft,) = eventually(lambda: story.order(order_id)["invoices"])
        assert (draft["status"], draft["number"]) == ("READY_TO_PRINT", None)
        system.command("time-travel", "+8d")
        the_invoice_is_posted(story, order_id)
        eventually(lambda: story.order(order_id)["status"] == "COMPLETED")


def the_customer_confirms_by_link(story: Story, order_id: str) -> None:
    mail = story.system.mail_to(CUSTOMER, story.order(order_id)["number"])
    found = TOKEN.search(mail)
    assert found
    story.move(f"Link {found[1]}", "orderConfirm", id=order_id, name="Kim Kontakt", revision=1)
    assert story.order(order_id)["status"] == "ACTIVE"


def the_member_delivers(story: Story, order_id: str) -> str:
    delivery_id = story.move(MEMBER, "deliveryCreate", "delivery", orderId=order_id)["id"]
    story.move(MEMBER, "deliveryDescribe", "delivery", id=delivery_id, description="Alles fertig.")
    story.move(MEMBER, "deliverySubmit", "delivery", id=delivery_id, confirmNoFile=True)
    return str(delivery_id)


def the_client_status_comes_and_goes(story: Story, order_id: str) -> None:
    story.move(STAFF, "clientStatusShow", "clientStatus", id=order_id, label="Fast geschafft")
    assert "Fast geschafft" in story.work_in_progress()
    story.move(STAFF, "clientStatusHide", "clientStatus", id=order_id)
    assert "Fast geschafft" not in story.work_in_progress()


def silence_accepts(story: Story, order_id: str, delivery_id: str) -> None:
    eventually(lambda: story.order(order_id)["deliveries"][0]["status"] == "ACCEPTED")
    delivery = story.order(order_id)["deliveries"][0]
    assert (delivery["id"], delivery["acceptedBy"]) == (delivery_id, "SILENCE")


def the_invoice_is_posted(story: Story, order_id: str) -> None:
    eventually(lambda: story.order(order_id)["invoices"][0]["status"] == "POSTED")
    (invoice,) = story.order(order_id)["invoices"]
    assert re.fullmatch(r"RE-\d{4}-\d{5}", invoice["number"])
