"""Numbered parameters of a composed statement."""


class Parameters:
    """Collects values; a call with a value returns its placeholder in the statement, cast to an SQL type."""

    def __init__(self) -> None:
        self.values: list[object] = []

    def __call__(self, value: object, sql_type: str) -> str:
        self.values.append(value)
        return f"${len(self.values)}::{sql_type}"
