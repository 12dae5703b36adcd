"""A cache that is bounded by bytes and drops the entry used least recently."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")
# One value may fill this part of the cache, so that no single request empties it.
LARGEST_PART = 8


class LruCache(Generic[V]):
    """Keeps values of at most `capacity` bytes together, those used most recently."""

    def __init__(self, capacity: int) -> None:
        self._capacity, self.size = capacity, 0
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()

    def get_or_make(self, key: Hashable, make: Callable[[], V], size: Callable[[V], int]) -> V:
        """The value under the key; an absent one is made, and kept unless it is too large.

        `size` estimates the bytes of key and value.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key][0]
        made = make()
        bytes_ = size(made)
        if bytes_ * LARGEST_PART <= self._capacity:
            self._kept[key] = made, bytes_
            self.size += bytes_
        while self.size > self._capacity:
            _, (_, dropped) = self._kept.popitem(last=False)
            self.size -= dropped
        return made

    def clear(self) -> None:
        """Forget all values."""
        self._kept.clear()
        self.size = 0
