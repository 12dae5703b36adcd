"""The drawn lifecycles say what the tables say."""

from domain import handbook


def test_the_committed_lifecycles_are_current() -> None:
    assert handbook.is_current(), "docs/lifecycles.md is stale: run `make docs`"
