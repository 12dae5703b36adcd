"""The drawn lifecycles say what the tables say."""

from domain import lifecycle_docs


def test_the_committed_lifecycles_are_current() -> None:
    assert lifecycle_docs.is_current(), "docs/lifecycles.md is stale: run `make docs`"
