"""The firm's invoices as a table, with plain arithmetic in cents that nothing of the product takes part in."""

from dataclasses import dataclass

CUSTOMERS, PLANNED, BY_HAND = 40, 3, 2
MEMBERS = ("mira", "noah")
# Orders keep the fee of their submission; the lines that finance enters are invoiced after it rose.
FEE_OF_ORDERS, FEE_OF_LINES = 9, 10
VAT_CATEGORIES = {19: "STANDARD", 7: "REDUCED"}


def percent_of(cents: int, percent: int) -> int:
    """The part of an amount in whole cents, half up; amounts here are never below zero."""
    return (cents * percent + 50) // 100


@dataclass(frozen=True)
class Billed:
    """One line of one invoice, with which it is known: each has its own text."""

    customer: int
    place: int

    @property
    def index(self) -> int:
        return self.customer * (PLANNED + BY_HAND) + self.place

    @property
    def text(self) -> str:
        return f"Leistung {self.index:03}"

    @property
    def member(self) -> str:
        return MEMBERS[self.customer % len(MEMBERS)]

    @property
    def is_planned(self) -> bool:
        return self.place < PLANNED

    @property
    def vat_rate(self) -> int:
        return 7 if self.index % 7 == 3 else 19

    @property
    def net(self) -> int:
        return 50_05 + self.index * 1_37 + self.index % 13 * 11_11

    @property
    def gross(self) -> int:
        return self.net + percent_of(self.net, self.vat_rate)

    @property
    def fee(self) -> int:
        """The operator's fee in percent."""
        return FEE_OF_ORDERS if self.is_planned else FEE_OF_LINES


TABLE = tuple(Billed(customer, place) for customer in range(CUSTOMERS) for place in range(PLANNED + BY_HAND))


# What becomes of the invoices that are not simply paid: by customer, and place among the customer's five.
COLLECTED = tuple(Billed(5, place) for place in range(5))
BATCHED = tuple(Billed(customer, place) for customer in range(4) for place in range(5))
PARTLY = tuple(Billed(customer, 0) for customer in range(10, 18))
TWICE = (Billed(20, 0), Billed(21, 1))
WRONGLY_NAMED = tuple(Billed(customer, 2) for customer in (22, 23, 24))
CHARGED_BY_BANK = Billed(25, 3)
PAYS_ALL, PAYS_WITHOUT_CHARGES = Billed(30, 4), Billed(31, 4)
REVERSED, PARTLY_REVERSED, PAUSED = Billed(32, 4), Billed(33, 4), Billed(34, 4)
GIVEN_UP, PAYS_LATE = Billed(35, 4), Billed(36, 1)
SILENT = tuple(Billed(customer, 1) for customer in (37, 38, 39))
UNPAID = frozenset((PAYS_ALL, PAYS_WITHOUT_CHARGES, REVERSED, PARTLY_REVERSED, PAUSED, GIVEN_UP, PAYS_LATE, *SILENT))
PARTS_PER_HUNDRED, KEPT_BY_BANK = 40, 5_00
# The days of the story; invoices are of the first day and due after two weeks.
DUE, FIRST_FILE, SECOND_FILE, LAST_FILE = 14, 10, 24, 40
FRIENDLY, FIRST, NOTICE, FORMAL = DUE + 7, DUE + 14, DUE + 18, DUE + 21
FEES = {FRIENDLY: 2_50, FIRST: 5_00, FORMAL: 10_00}
BASE_RATE = 2
INTEREST_PERCENT = BASE_RATE + 9


def interest(principal: int, days: int) -> int:
    """What so many days cost, half up."""
    year = 365 * 100
    return (principal * INTEREST_PERCENT * days * 2 + year) // (2 * year)


def part_of(billed: Billed) -> int:
    """What those who pay in part pay."""
    return percent_of(billed.gross, PARTS_PER_HUNDRED)


def euros(cents: int) -> str:
    """The amount as the API reads and writes it."""
    return f"{'-' * (cents < 0)}{abs(cents) // 100}.{abs(cents) % 100:02}"


def cents(amount: str) -> int:
    """The amount that the API or a file has written, in cents."""
    whole, _, rest = amount.removeprefix("-").replace(",", ".").partition(".")
    value = int(whole) * 100 + int(rest.ljust(2, "0"))
    return -value if amount.startswith("-") else value
