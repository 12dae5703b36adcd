"""Rounds of several contenders, one after the other, so that what slows the machine down slows all of them."""

import statistics
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
Round = Callable[[int], Awaitable[float]]


async def interleaved(contenders: Mapping[Name, Round], rounds: int) -> dict[Name, list[float]]:
    """The seconds that each contender needed in each round; a contender gets the round's number."""
    taken: dict[Name, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name, contend in contenders.items():
            taken[name].append(await contend(number))
    return taken


def shown(taken: Mapping[str, list[float]]) -> str:
    """A table of least, median and most, in milliseconds."""
    lines = [f"{'':44}{'min':>8}{'median':>8}{'max':>8}  ms"]
    for name, seconds in taken.items():
        figures = (min(seconds), statistics.median(seconds), max(seconds))
        lines.append(f"{name:44}" + "".join(f"{each * 1000:8.0f}" for each in figures))
    return "\n".join(lines)


def times_as_fast(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """How much less time we need: the median of the rounds, each of which slows both alike, with the extremes."""
    shares = [their / our for our, their in zip(ours, theirs, strict=True)]
    return f"{statistics.median(shares):.2f} ({min(shares):.2f} to {max(shares):.2f})"
