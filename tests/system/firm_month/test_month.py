"""A month of a firm: 200 invoices, the bank's files, reminders, claims, and books that agree to the cent."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.running_system import running
from tests.system.firm_month import bank as banking
from tests.system.firm_month import claims, closing, dunning, invoicing
from tests.system.firm_month.amounts import (
    FIRST,
    FIRST_FILE,
    FORMAL,
    FRIENDLY,
    LAST_FILE,
    NOTICE,
    PAYS_LATE,
    SECOND_FILE,
)
from tests.system.firm_month.bank import Bank
from tests.system.firm_month.books import Books
from tests.system.firm_month.firm import Firm, founded

pytestmark = [pytest.mark.long, pytest.mark.thorough]


class Month:
    """The firm, its bank and the test's own books, from the first day on."""

    def __init__(self, firm: Firm) -> None:
        self.firm, self.books = firm, Books()
        self.first_day = firm.today()
        dunning.reminders_are_set_up(firm, self.first_day)
        customers = invoicing.customers_are_known(firm)
        invoicing.orders_are_agreed(firm, customers, self.first_day)
        invoicing.lines_are_entered(firm, customers, self.first_day)
        self.bank = Bank(firm, invoicing.invoices_are_issued(firm, self.first_day))

    def comes_to(self, day: int) -> None:
        """Let the product's clock show so many days after the first."""
        self.firm.days_pass((self.first_day + timedelta(days=day) - self.firm.today()).days)


def test_the_month_of_a_firm_agrees_to_the_cent(tmp_path: Path) -> None:
    with running(tmp_path, demo=False) as system:
        month = Month(founded(system))
        customers_pay(month)
        paid = members_claim(month)
        the_clock_reminds(month)
        the_bank_states_the_rest(month, paid)

        closing.require_open_items(month.firm, month.books)
        closing.require_budgets(month.firm, month.books)
        closing.require_claims(month.firm)
        closing.require_that_the_paused_one_waits(month.firm, month.bank)
        closing.require_exports(month.firm, month.bank, month.books, month.first_day, month.firm.today())


def customers_pay(month: Month) -> None:
    month.comes_to(FIRST_FILE)
    banking.most_invoices_are_paid(month.bank, month.books, month.firm.today())
    dunning.differences_are_settled(month.bank, month.books, month.firm.today())
    month.comes_to(FRIENDLY)
    dunning.friendly_reminders_go(month.bank, month.books)
    month.comes_to(SECOND_FILE)
    dunning.some_pay_after_it(month.bank, month.books, month.firm.today())


def members_claim(month: Month) -> list[claims.Paid]:
    claims.claims_are_approved(month.firm, month.firm.today())
    return claims.claims_are_put_into_a_file(month.firm, month.firm.today())


def the_clock_reminds(month: Month) -> None:
    month.comes_to(FIRST)
    dunning.first_reminders_go(month.bank, month.books)
    month.comes_to(NOTICE)
    dunning.members_are_told(month.bank)
    month.comes_to(FORMAL)
    dunning.formal_reminders_go(month.bank, month.books)
    dunning.one_is_given_up(month.bank, month.books)


def the_bank_states_the_rest(month: Month, paid: list[claims.Paid]) -> None:
    """The last file: transfers to members, of which one came back, and a customer who pays late with all charges."""
    month.comes_to(LAST_FILE)
    bank, owed = month.bank, month.books.remaining(PAYS_LATE)
    entries = claims.transfers_are_stated(paid)
    (back,) = bank.book_sure(bank.states(month.firm.today(), *entries, bank.pays(PAYS_LATE, owed)))
    bank.set_aside(back)
    month.books.post("PAYMENT", PAYS_LATE, -owed)
