"""Numbered parameters of a statement that is put together."""


class Parameters:
    """Collects values; called with one it returns its place in the statement, cast to an SQL type."""

    def __init__(self) -> None:
        self.values: list[object] = []

    def __call__(self, value: object, sql_type: str) -> str:
        self.values.append(value)
        return f"${len(self.values)}::{sql_type}"
