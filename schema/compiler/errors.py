"""Errors of compilation and of running a plan."""

from graphql import GraphQLError


class NotCompilable(Exception):
    """The operation needs the executor, which then answers it."""


class NonNullViolation(Exception):
    """A value is null although its type is non-null; the executor then reports the error."""


class InvalidArgument(GraphQLError):
    """An argument that passes validation and is still wrong: a page too large, a cursor of another list."""

    def __init__(self, message: str, reason: str = "argument_invalid") -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})
        self.reason = reason
