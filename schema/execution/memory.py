"""The memory that parsed documents take, for caches that are bounded by bytes.

Measured with `tracemalloc`: a document takes 40 bytes for each character of its text, and 100 where its nodes know
their places.
"""

MEBIBYTE = 1024 * 1024
BYTES_PER_ENTRY = 2_000
BYTES_PER_CHARACTER = 40
BYTES_PER_LOCATED_CHARACTER = 110
# Of a longer document nothing is remembered.
MAX_REMEMBERED_LENGTH = 20_000


def document_size(text: str) -> int:
    """The bytes of a document without places, and of its text."""
    return BYTES_PER_ENTRY + BYTES_PER_CHARACTER * len(text)


def located_document_size(text: str) -> int:
    """The bytes of a document whose nodes know their places, and of its text."""
    return BYTES_PER_ENTRY + BYTES_PER_LOCATED_CHARACTER * len(text)
