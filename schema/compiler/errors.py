"""Errors of compilation and of running a plan."""

from graphql import GraphQLError


class NotCompilable(Exception):
    """The operation holds something only the executor can answer; it is answered there."""


class NonNullViolation(Exception):
    """A value is null although its type says it never is; the executor reports that in its way."""


class InvalidArgument(GraphQLError):
    """An argument that validation could not judge: a page too large, a cursor of another list."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})
