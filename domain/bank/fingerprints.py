"""Fingerprints of transactions, by which one that comes again in a later file is recognized."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from hashlib import sha256

from domain.bank.camt.values import BankBooking


def fingerprints(bookings: Iterable[BankBooking]) -> Iterator[str]:
    """One for each; of equal transactions of one day, the first, second and so on have different ones.

    A bank states a day as a whole, so that the place among equal ones is the same in every file.
    """
    seen: Counter[BankBooking] = Counter()
    for booking in bookings:
        seen[booking] += 1
        text = "\x1f".join(map(str, (*astuple(booking), seen[booking])))
        yield sha256(text.encode()).hexdigest()
