"""The drawn access matrix says what the tables say."""

from domain import access_docs


def test_the_committed_access_matrix_is_current() -> None:
    assert access_docs.is_current(), "docs/access.md is stale: run `make docs`"
