"""Faults of a bank file: the reason, where it is, and what is to be named in the sentence."""


class BrokenBankFile(Exception):
    """The file cannot be read; nothing of it is booked. `line` is that of the XML, where there is one."""

    def __init__(self, reason: str, line: int | None = None, **params: object) -> None:
        super().__init__(f"{reason} at line {line}")
        self.reason, self.line, self.params = reason, line, params
