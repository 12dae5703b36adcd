"""Errors of a request's input: they name the argument, echo no input, and are in the viewer's language where ours."""

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from graphql import GraphQLError, Node

from domain.kernel import i18n

BAD_USER_INPUT = "BAD_USER_INPUT"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
ARGUMENT_PATH = "argumentPath"
ECHOED_INPUT = re.compile(r"[,.]? ?[Ff]ound: .*\Z", re.DOTALL)
NAMED_FIELD = re.compile(r"(?:unknown|required) field '(\w+)'")
ArgumentPath = Sequence[str | int]


class InputError(GraphQLError):
    """An error with a sentence of ours: `key` is below `api.`, `params` fill it. The message itself is English."""

    def __init__(
        self,
        key: str,
        nodes: Collection[Node] | Node | None = None,
        *,
        code: str = BAD_USER_INPUT,
        path: ArgumentPath | None = None,
        params: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        named = {} if path is None else {ARGUMENT_PATH: list(path)}
        super().__init__(_translate("en", key, params), nodes, extensions={"code": code, **named})
        self.key, self.params = key, params

    def in_language(self, language: str) -> str:
        """The sentence in the viewer's language."""
        return _translate(language, self.key, self.params)


def error_at(error: GraphQLError, path: ArgumentPath, nodes: Collection[Node] | None = None) -> GraphQLError:
    """The same error with the path of its argument and without the input that it echoes."""
    if isinstance(error, InputError):
        code = str((error.extensions or {}).get("code", BAD_USER_INPUT))
        return InputError(error.key, nodes or error.nodes, code=code, path=path, params=error.params)
    named = NAMED_FIELD.search(error.message)
    full_path = [*path, named[1]] if named else [*path]
    extensions = {"code": VALIDATION_FAILED, ARGUMENT_PATH: full_path}
    return GraphQLError(_without_echo(error.message), nodes or error.nodes, extensions=extensions)


def _without_echo(message: str) -> str:
    shortened = ECHOED_INPUT.sub("", message).rstrip()
    return shortened if shortened.endswith((".", "?")) else f"{shortened}."


def _translate(language: str, key: str, params: Mapping[str, object]) -> str:
    return i18n.translate(language, f"api.{key}", **dict[str, Any](params))
