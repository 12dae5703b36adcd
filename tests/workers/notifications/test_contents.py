"""Contents of messages: each has words in both languages and holds only what exists."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.accounts.security_notices import NOTICES
from domain.client_status.notices import staleness
from domain.kernel import i18n
from domain.kernel.actors import Role
from domain.kernel.languages import LANGUAGES
from domain.outbox.alarms import ALARMS
from domain.outbox.digests import CLIENT_STATUS_DIGEST
from domain.outbox.operation_mails import OPERATION_MAIL
from domain.receivables.reminders.waiting_mails import MESSAGE_NAME as REMINDER
from domain.registry import REGISTRY
from domain.verification.results import MESSAGE_NAME
from workers.notifications.composer import CONTRADICTION, DIGEST_CONTENTS
from workers.notifications.contents.accounts import account_contents
from workers.notifications.contents.claims import claim_contents
from workers.notifications.contents.digests import digest_contents
from workers.notifications.contents.invoices import invoice_contents
from workers.notifications.contents.members import member_contents
from workers.notifications.contents.message import MessageContents, MessageContext, audience_of, paragraphs
from workers.notifications.contents.orders import (
    client_status_contents,
    contact_contents,
    delivery_contents,
    order_contents,
)
from workers.notifications.contents.receivables import receivable_contents
from workers.notifications.contents.reminders import OWN_TEXT
from workers.notifications.contents.security import security_contents
from workers.notifications.contents.supplements import line_contents, supplement_contents
from workers.notifications.contents.uploads import upload_contents
from workers.notifications.contents.verification import verification_contents
from workers.notifications.contents.webhooks import webhook_contents
from workers.notifications.links import LINK_PURPOSES

VERIFICATION = {
    "at": datetime(2026, 5, 1, 10, tzinfo=UTC),
    "broken": 3,
    "first": {"table": "events", "row_id": "0197", "subject": "order 0196", "fault": "CHANGED"},
}
MONEY = {"formatted": "€500.00"}
ORDER = {
    "id": "ord_1",
    "number": "AF-00654-0779",
    "project": "Projekt ABC",
    "providerName": "Mara Member",
    "customer": {"legalName": "Kunde XYZ"},
    "serviceFrom": "2026-05-01",
    "serviceTo": "2026-05-31",
    "offerValidUntil": "2026-05-10",
    "offerEndsAt": "2026-05-10T22:00:00Z",
    "dueProposal": {"dueOn": "2026-04-20", "reason": "Paper is late."},
    "net": MONEY,
    "events": {"nodes": [{"id": "evt_1", "at": "2026-05-01T10:00:00Z", "note": "Please add a date."}]},
    "comments": {"nodes": [{"text": "Hello!", "authorName": "Kim", "createdAt": "2026-05-01T10:00:00Z"}]},
}
ANSWERED = {"text": "Wrong logo.", "fileName": "plan.pdf", "page": 3, "corrected": True, "answer": "It is the new one."}
DELIVERY = {
    "id": "del_1",
    "order": ORDER,
    "orderNumber": "AF-00654-0779",
    "currentNumber": 2,
    "deliveredAt": "2026-03-27T17:00:00Z",
    "review": {"endsAt": "2026-03-30T16:00:00Z", "awaitsMail": False, "extensionsLeft": 1, "length": 3, "unit": "DAYS"},
    "defects": [{"versionNumber": 1, "text": "Old"}, {"versionNumber": 2, "text": "Page 3 is missing."}],
    "versions": [{"number": 1, "defects": [ANSWERED]}, {"number": 2, "defects": []}],
}
ACCOUNT = {
    "id": "acc_1",
    "name": "Kim",
    "email": "kim@kunde.example",
    "roles": ["CUSTOMER"],
    "invitationEndsAt": None,
}
INVOICE = {"id": "inv_1", "number": "RE-2026-00001", "kind": "INVOICE", "net": MONEY, "vat": MONEY, "gross": MONEY}
INVOICE_ALARMS = {"invoice.undelivered": ("member", "operator"), "invoice.renderingFailed": ("operator",)}
DELIVERY_ALARM = "delivery.recordFailed"
LINE = {
    "id": "lin_1",
    "text": "Another workshop",
    "net": MONEY,
    "invoiceOn": "2026-05-20",
    "order": ORDER | {"member": {"name": "Mara Member"}},
    "supplement": {"status": "OPEN", "validUntil": "2026-05-10"},
    "events": {"nodes": [{"id": "evt_1", "note": "Not agreed."}]},
}
RECEIVABLE = {
    "id": "rcv_1",
    "invoiceNumber": "RE-2026-00001",
    "amount": MONEY,
    "paid": MONEY,
    "remaining": MONEY,
    "charges": MONEY | {"amount": "5.00"},
    "reminderStep": "FIRST",
    "remindedOn": "2026-06-03",
    "dueOn": "2026-05-20",
    "disputeReason": "Two days too many.",
    "disputeResolution": "One day is taken back.",
    "writeOffReason": "Insolvent.",
    "invoice": {
        "id": "inv_1",
        "member": {"name": "Mara Member"},
        "customer": {"legalName": "Kunde XYZ"},
        "seller": {"iban": "DE02120300000000202051", "bic": "BYLADEM1001", "bankName": "Musterbank"},
        "buyer": {"name": "Kunde XYZ"},
    },
}
REMINDED = RECEIVABLE | {"paid": MONEY | {"amount": "0.00"}, OWN_TEXT: ""}
CLAIM = {
    "id": "clm_1",
    "purpose": "Train to Vienna",
    "amount": MONEY,
    "decisionReason": "The receipt is missing.",
    "member": {"name": "Mara Member"},
}
UPLOAD = {"name": "plan.pdf", "virusName": "Eicar-Test-Signature", "order": {"id": "ord_1", "number": "AF-00654-0779"}}
SUPPLEMENT = LINE | {
    "id": "sup_1",
    "orderNumber": "AF-00654-0779",
    "project": "Projekt ABC",
    "providerName": "Mara Member",
    "vat": MONEY,
    "gross": MONEY,
    "validUntil": "2026-05-10",
    "answeredAt": "2026-05-01T10:00:00Z",
    "answeredBy": "Kim Kontakt",
    "declineReason": "Too much.",
    "withdrawalNotice": "You may withdraw.",
    "line": {"id": "lin_1"},
}
MEMBER = {
    "id": "mem_1",
    "number": 654,
    "name": "Mara Member",
    "events": {"nodes": [{"id": "evt_1", "note": "The account belongs to another person."}]},
}
WEBHOOK_ENDPOINT = {"id": "whe_1", "url": "https://crm.example/hook", "description": "CRM"}
STATUS: dict[str, Any] = {
    "id": "ord_1",
    "name": "Projekt ABC",
    "label": "In progress",
    "description": "",
    "expectedOn": None,
}
STATUS |= {"changedAt": "2026-05-01T10:00:00Z", "order": {"number": "AF-00654-0779"}}
NOTICE = {
    "at": datetime(2026, 5, 1, 10, tzinfo=UTC),
    "name": "Work laptop",
    "device": "Firefox · Linux",
    "network": "192.0.2.x",
    "codes_left": "9",
}
DISPROOF = {"explanation": "Everything has been delivered.", "template": {"label": "In review"}}
CONTRADICTING = ORDER | {"clientStatus": STATUS | {"contradiction": DISPROOF}}
STALE = ORDER | {"member": {"name": "Mara Member"}, "clientStatus": STATUS}
FOUND: dict[str, dict[str, Any]] = {
    "clientStatus.digest": {"found": [STATUS]},
    "clientStatus.bulk": {"found": [STATUS]},
    "clientStatus.stale": {"found": [STALE], "statusRules": {"staleAfterDays": 14}},
}


def telling(group: str, language: str = "en") -> MessageContext:
    return MessageContext(language=language, audience=group, event_id="evt_1")


def contents(noun: str, group: str, name: str = "") -> MessageContents:
    if name in DIGEST_CONTENTS:
        return DIGEST_CONTENTS[name](FOUND[name], telling(group))
    if name == CONTRADICTION:
        return order_contents(CONTRADICTING, telling(group))
    document = group if group != "customer" else "member"
    return {
        "account": lambda: account_contents(ACCOUNT, telling(group)),
        "order": lambda: order_contents(ORDER, telling(group)),
        "delivery": lambda: delivery_contents(DELIVERY, telling(group)),
        "invoice": lambda: invoice_contents(INVOICE, telling(document)),
        "line": lambda: line_contents(LINE, telling(group)),
        "receivable": lambda: receivable_contents(REMINDED if name == REMINDER else RECEIVABLE, telling(group)),
        "claim": lambda: claim_contents(CLAIM, telling(group)),
        "upload": lambda: upload_contents(UPLOAD, telling(group)),
        "supplement": lambda: supplement_contents(SUPPLEMENT, telling(group)),
        "contact": lambda: contact_contents({}, telling("customer")),
        "clientStatus": lambda: client_status_contents(STATUS, telling("customer")),
        "securityNotice": lambda: security_contents(NOTICE, telling("account")),
        "member": lambda: member_contents(MEMBER, telling(group)),
        "verification": lambda: verification_contents(VERIFICATION, telling(group)),
        "webhookEndpoint": lambda: webhook_contents(WEBHOOK_ENDPOINT, telling(group)),
    }[noun]()


def announced() -> Iterator[tuple[str, str, str]]:
    """Every message of the tables: noun, name and group of readers."""
    for name, (lifecycle, move) in REGISTRY.events.items():
        yield from ((lifecycle.noun, name, audience_of(role)) for role in move.notifies)
    for kind, (lifecycle, timer) in REGISTRY.timers.items():
        yield from ((lifecycle.noun, kind, audience_of(role)) for role in timer.notifies)
    nouns = ("account", "order", "delivery", "invoice", "line", "receivable", "supplement", "member")
    for alarm in ALARMS:
        yield from ((noun, alarm, "operator") for noun in nouns)
    for name, groups in INVOICE_ALARMS.items():
        yield from (("invoice", name, group) for group in groups)
    yield "delivery", DELIVERY_ALARM, "operator"
    yield "clientStatus", CLIENT_STATUS_DIGEST, "customer"
    yield "clientStatus", OPERATION_MAIL, "customer"
    yield "clientStatus", staleness.MESSAGE_NAME, "operator"
    yield "verification", MESSAGE_NAME, "operator"
    yield from (("securityNotice", notice, "account") for notice in NOTICES)


ANNOUNCED = sorted(set(announced()))


@pytest.mark.parametrize(("noun", "name", "group"), ANNOUNCED)
def test_every_message_has_words_that_can_be_filled(noun: str, name: str, group: str) -> None:
    said = contents(noun, group, name).placeholders.keys()

    for language in LANGUAGES:
        for part in ("subject", "body", "button"):
            sentence = i18n.catalogue(language)[f"message.{name}.{group}.{part}"]
            assert i18n.placeholders_of(sentence) <= said, f"{language} {name} {group} {part}"


def test_there_are_no_words_for_messages_that_nobody_writes() -> None:
    written = {key[len("message.") : -len(".subject")] for key in i18n.catalogue("de") if key.endswith(".subject")}

    assert written == {f"{name}.{group}" for _, name, group in ANNOUNCED}


def test_every_message_with_a_link_asks_for_an_answer() -> None:
    linked = {name: move.link_purpose for name, (_, move) in REGISTRY.events.items() if move.link_purpose}

    assert linked.items() <= LINK_PURPOSES.items()
    tables = REGISTRY.timers | REGISTRY.events
    assert all(Role.CUSTOMER in tables[name][1].notifies for name in LINK_PURPOSES)


def test_a_digest_lists_the_latest_changes_first_and_says_how_many_there_are() -> None:
    statuses = [STATUS | {"name": f"Work {day}", "changedAt": f"2026-05-{day:02}T10:00:00Z"} for day in range(1, 32)]
    found = {"found": statuses * 8}

    listed = digest_contents(found, telling("customer"))

    assert [name for name, _ in listed.table[:9]] == ["Work 31"] * 8 + ["Work 30"]
    assert len(listed.table) == 200
    assert listed.placeholders["names"] == "Work 31, Work 31 and 246 more"
    assert "latest 200 of 248" in str(listed.placeholders["and_more"])


def test_an_offer_names_its_last_day_and_what_silence_means() -> None:
    said = order_contents(ORDER, telling("customer", "de")).placeholders

    text = "\n".join(paragraphs("de", "message.order.approve.customer.body", zone="Europe/Berlin", placeholders=said))

    assert "Das Angebot gilt bis einschließlich 10. Mai 2026." in text
    assert "endet es am Montag, 11. Mai 2026, 00:00 Uhr MESZ: Dann kommt kein Auftrag zustande" in text


def test_a_proposal_speaks_of_the_customer_only_while_they_are_asked() -> None:
    answered = LINE | {"supplement": {"status": "CONFIRMED", "validUntil": "2026-05-10"}}

    texts = [
        "\n".join(
            paragraphs(
                "en",
                "message.line.propose.operator.body",
                zone="Europe/Berlin",
                placeholders=line_contents(line, telling("operator")).placeholders,
            )
        )
        for line in (LINE, answered)
    ]

    assert "can answer until and including 10 May 2026" in texts[0]
    assert "asked by e-mail" not in texts[1]


def test_what_is_not_there_is_not_spoken_of() -> None:
    silent = ORDER | {"events": {"nodes": []}}

    text = list(
        paragraphs(
            "en",
            "message.order.approve.member.body",
            zone="Europe/Berlin",
            placeholders=order_contents(silent, telling("member")).placeholders,
        )
    )

    assert not any("Comment" in paragraph or "need not confirm" in paragraph for paragraph in text)


@pytest.mark.parametrize(
    ("ends_at", "awaits_mail", "sentence"),
    [
        ("2026-03-30T16:00:00Z", False, "You have time until Monday, 30 March 2026, 18:00 CEST."),
        (None, True, "You have 3 days for this, counted from the sending of this e-mail."),
    ],
)
def test_a_delivery_names_acceptance_by_silence(ends_at: str | None, awaits_mail: bool, sentence: str) -> None:
    delivery = DELIVERY | {"review": {"endsAt": ends_at, "awaitsMail": awaits_mail, "length": 3, "unit": "DAYS"}}
    said = delivery_contents(delivery, telling("customer")).placeholders

    text = list(paragraphs("en", "message.delivery.submit.customer.body", zone="Europe/Berlin", placeholders=said))

    naming = [paragraph for paragraph in text if "counts as accepted" in paragraph]
    assert len(naming) == 1
    assert sentence in naming[0]


def test_the_answers_to_the_last_version_are_named_with_their_place() -> None:
    answers = delivery_contents(DELIVERY, telling("customer")).placeholders["answers"]

    assert answers == "• Wrong logo. (plan.pdf, page 3): corrected – It is the new one."


def test_only_the_defects_of_the_current_version_are_named() -> None:
    assert delivery_contents(DELIVERY, telling("member")).placeholders["defects"] == "• Page 3 is missing."
