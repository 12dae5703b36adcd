"""Which texts the database can store."""

from domain.kernel.clean_text import is_clean


def test_clean_values() -> None:
    assert is_clean({"a": ["ü", 1, None, {"🙂": True}]})
    assert not is_clean({"a": [{"b": "\0"}]})
    assert not is_clean({"\udc00": 1})


def test_values_of_any_depth_are_checked() -> None:
    deep: object = "fine"
    for _ in range(50_000):
        deep = [deep]

    assert is_clean(deep)
