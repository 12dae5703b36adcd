"""A cache of texts that is bounded by their size."""

from collections import OrderedDict


class TextCache:
    """Keeps texts of at most `capacity` bytes together, those used most recently."""

    def __init__(self, capacity: int) -> None:
        self._capacity, self._size = capacity, 0
        self._kept: OrderedDict[str, str] = OrderedDict()

    def get(self, key: str) -> str | None:
        """The text under the key, or None."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def put(self, key: str, text: str) -> None:
        """Keep a text, and drop those that were not used for longest when there is too little room."""
        self._size += _size(text) - _size(self._kept.get(key, ""))
        self._kept[key] = text
        self._kept.move_to_end(key)
        while self._size > self._capacity:
            _, dropped = self._kept.popitem(last=False)
            self._size -= _size(dropped)

    def clear(self) -> None:
        """Forget all texts."""
        self._kept.clear()
        self._size = 0


def _size(text: str) -> int:
    return len(text.encode(errors="replace"))
