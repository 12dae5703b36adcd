"""One term for each thing: words that pages and mails do not use (docs/glossary.md, "Words of pages and mails")."""

import re

import pytest

from domain.kernel import i18n
from domain.kernel.languages import LANGUAGES
from portal_views.words import catalogue

BANNED = {
    "de": (
        r"Fassung",
        r"\b[Gg]estellt",
        r"angefragt|anfragen",
        r"freiwillig",
        r"[Ww]ar schon so|[Ii]st schon so",
        r"In Ihrer Sicht|Ihrer Sicht",
        r"Bestätigung durch den Betreiber|Wartet auf Kund|Storno-Prüfung",
        r"\bKunden\b|\bKunde\b|\bKundin(nen)?\b",
        r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b",
    ),
    "en": (
        r"[Ss]omebody",
        r"[Ww]hoever",
        r"so already",
        r"[Yy]our sight",
        r"[Hh]ow content",
        r"One more stage",
        r"\b[Ee]ditions?\b",
    ),
}
CHIPS = re.compile(r"^(status\.(order|delivery|invoice|line|receivable|supplement|customer|membership)|plain)\.")
# Tabs that show the rows of one status, and its chip.
STATUS_OF_TAB = {
    "tab.active": "status.order.ACTIVE",
    "tab.in-review": "status.order.IN_REVIEW",
    "tab.awaiting-customer": "status.order.AWAITING_CUSTOMER",
    "tab.cancellation-review": "status.order.CANCELLATION_REVIEW",
    "tab.rejected": "status.order.REJECTED",
    "tab.completed": "status.order.COMPLETED",
    "tab.canceled": "status.order.CANCELED",
    "invoice_tab.held": "status.invoice.ON_HOLD",
    "invoice_tab.submit": "status.invoice.READY_TO_SUBMIT",
    "invoice_tab.approve": "status.invoice.PENDING_APPROVAL",
    "invoice_tab.ready": "status.invoice.READY_TO_PRINT",
    "invoice_tab.canceled": "status.invoice.CANCELED",
    "member_invoice_tab.held": "plain.AWAITING_UPDATE",
    "member_invoice_tab.ready": "plain.DRAFT",
    "member_invoice_tab.issued": "plain.ISSUED",
    "member_invoice_tab.canceled": "plain.CANCELED",
    "line_tab.held": "status.line.ON_HOLD",
    "line_tab.canceled": "status.line.CANCELED",
    "claim_tab.to_decide": "status.claim.SUBMITTED",
    "claim_tab.to_pay": "status.claim.APPROVED",
    "claim_tab.in_payment": "status.claim.IN_PAYMENT",
    "claim_tab.paid": "status.claim.PAID",
    "bank_tab.open": "status.bankTransaction.OPEN",
    "bank_tab.booked": "status.bankTransaction.BOOKED",
    "bank_tab.set_aside": "status.bankTransaction.SET_ASIDE",
    "members.tab.active": "status.membership.ACTIVE",
    "members.tab.paused": "status.membership.PAUSED",
    "members.tab.ended": "status.membership.ENDED",
    "customer.tab.proposed": "status.customer.PROPOSED",
    "account_tab.active": "status.account.ACTIVE",
    "account_tab.invited": "status.account.INVITED",
    "account_tab.deactivated": "status.account.DEACTIVATED",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_banned_words_do_not_come_back(language: str) -> None:
    texts = {**i18n.catalogue(language), **catalogue.messages(language)}

    found = [f"{key}: {text}" for key, text in texts.items() if re.search("|".join(BANNED[language]), text)]

    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_chips_begin_with_a_capital_letter(language: str) -> None:
    chips = {key: text for key, text in i18n.catalogue(language).items() if CHIPS.match(key)}

    assert len(chips) > 30
    assert [f"{key}: {text}" for key, text in chips.items() if not text[0].isupper()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_status_has_the_same_word_on_tab_and_chip(language: str) -> None:
    chips = i18n.catalogue(language)

    for tab, status in STATUS_OF_TAB.items():
        assert catalogue.translate(language, tab) == chips[status], tab
