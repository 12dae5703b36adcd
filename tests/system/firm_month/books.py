"""The books that the test keeps of the story: what is posted on each invoice, and what follows from it."""

from collections import defaultdict
from collections.abc import Iterable

from tests.system.firm_month.amounts import TABLE, Billed, percent_of

MONEY = frozenset({"PAYMENT", "PAYMENT_REVERSAL", "REFUND"})
CHARGES = frozenset({"REMINDER_FEE", "INTEREST", "CHARGE_WAIVER"})


class Books:
    """Postings by invoice in cents; what the customer owes more is above zero."""

    def __init__(self) -> None:
        self.postings: dict[Billed, list[tuple[str, int]]] = defaultdict(list)
        self.reversed_net: dict[Billed, int] = defaultdict(int)
        for billed in TABLE:
            self.post("INVOICE", billed, billed.gross)

    def post(self, kind: str, billed: Billed, amount: int) -> None:
        self.postings[billed].append((kind, amount))

    def reverse(self, billed: Billed, net: int) -> None:
        """A cancellation invoice takes back so much of the net."""
        self.reversed_net[billed] += net
        self.post("CANCELLATION", billed, -(net + percent_of(net, billed.vat_rate)))

    def sum(self, billed: Billed, kinds: Iterable[str]) -> int:
        return sum(amount for kind, amount in self.postings[billed] if kind in kinds)

    def remaining(self, billed: Billed) -> int:
        return sum(amount for _, amount in self.postings[billed])

    def paid(self, billed: Billed) -> int:
        return -self.sum(billed, MONEY)

    def charges(self, billed: Billed) -> int:
        return self.sum(billed, CHARGES)

    def asked(self, billed: Billed) -> int:
        """What the invoice itself asks for, less what cancellation invoices took back."""
        return self.sum(billed, {"INVOICE", "CANCELLATION"})

    def share(self, billed: Billed) -> int:
        """The member's share of what is left of the invoice."""
        net = billed.net - self.reversed_net[billed]
        return net - percent_of(net, billed.fee)

    def received(self, billed: Billed) -> int:
        """What of the share came in: pro rata, all of it once the invoice is paid."""
        paid, asked, share = self.paid(billed), self.asked(billed), self.share(billed)
        return share if paid >= asked else (share * paid * 2 + asked) // (2 * asked)

    def expected(self, billed: Billed) -> int:
        """What is still to come in; nothing once the rest is given up."""
        is_given_up = any(kind == "WRITE_OFF" for kind, _ in self.postings[billed])
        return 0 if is_given_up else self.share(billed) - self.received(billed)

    def all_postings(self) -> list[tuple[str, str, int]]:
        """Each posting as it is to be exported: kind, text of the invoice, cents."""
        return sorted(
            (kind, billed.text, amount) for billed, listed in self.postings.items() for kind, amount in listed
        )
