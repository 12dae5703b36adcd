"""The media type of a response, negotiated by the Accept header (GraphQL over HTTP, RFC 9110 §12.5.1)."""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache


class MediaType(StrEnum):
    """The formats of a response; of equally welcome ones, the first is chosen."""

    GRAPHQL_RESPONSE = "application/graphql-response+json"
    JSON = "application/json"
    EVENT_STREAM = "text/event-stream"

    @property
    def has_status_codes(self) -> bool:
        """Whether the HTTP status tells how the operation went; in plain JSON it is 200 whenever it could be read."""
        return self is not MediaType.JSON


# Clients of one kind send the same header, which every request would read again.
MAX_REMEMBERED, MAX_REMEMBERED_LENGTH = 100, 300
WILDCARD_ORDER = (MediaType.JSON, MediaType.GRAPHQL_RESPONSE)


def negotiate(accept: str | None) -> MediaType | None:
    """The media type that the client likes best; None when it accepts none of ours.

    Without the header, and for wildcards alone, it is plain JSON, which every client reads.
    """
    accept = accept or ""
    return _remembered(accept) if len(accept) <= MAX_REMEMBERED_LENGTH else _best(accept)


def _best(accept: str) -> MediaType | None:
    ranges = dict(_ranges(accept))
    if not ranges:
        return MediaType.JSON
    quality = {media_type: _quality(media_type, ranges) for media_type in MediaType}
    named = {media_type: found for media_type, found in quality.items() if media_type in ranges and found}
    if named:
        return max(named, key=lambda media_type: named[media_type])
    return next((media_type for media_type in WILDCARD_ORDER if quality[media_type]), None)


_remembered = lru_cache(MAX_REMEMBERED)(_best)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """The media ranges of an Accept header with their qualities; what cannot be read is left out."""
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        weights = [value for name, _, value in (each.partition("=") for each in parameters) if name.strip() == "q"]
        try:
            quality = float(weights[0]) if weights else 1.0
        except ValueError:
            continue
        if media_range:
            yield media_range, quality


def _quality(media_type: MediaType, ranges: dict[str, float]) -> float:
    """The quality of the most specific range that matches."""
    main = media_type.partition("/")[0]
    return next((ranges[name] for name in (media_type, f"{main}/*", "*/*") if name in ranges), 0.0)
