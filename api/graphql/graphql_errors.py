"""Top-level GraphQL errors for clients: a stable code and a request id, without internal details."""

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from api.error_responses import translate_params
from api.ops.metrics import FAULTS
from domain.database.outages import is_outage
from domain.kernel.errors import Refused
from schema.execution.input_errors import ARGUMENT_PATH, InputError
from schema.execution.limits import MAX_TOKENS

UNAVAILABLE = "UNAVAILABLE"
TOO_MANY_TOKENS = "TOO_MANY_TOKENS"
PUBLIC_EXTENSIONS = (ARGUMENT_PATH,)
PARTIAL_SUCCESS = 294
STATUS_BY_CODE = {UNAVAILABLE: 503, "INTERNAL_ERROR": 500, "GRAPHQL_PARSE_FAILED": 400}

log = structlog.get_logger()
# Faults of the request itself, which Strawberry raises before it executes anything.
REQUEST_ERRORS = (GraphQLError, CannotGetOperationTypeError, InvalidOperationTypeError)


def public_errors(errors: Iterable[GraphQLError] | None, *, language: str, request_id: str) -> list[GraphQLError]:
    """Return the errors with codes; unexpected faults are logged with their traceback and masked."""
    return [_public_error(error, language, request_id) for error in errors or ()]


def masked_error(error: BaseException, *, language: str, request_id: str) -> GraphQLError:
    """Log a fault and return one sentence that replaces it."""
    if is_outage(error):
        log.warning("the database is away", error=str(error), request_id=request_id)
        return _error(translate_params(language, "api.unavailable", {}), UNAVAILABLE, request_id)
    FAULTS.inc()
    log.error("graphql fault", exc_info=error, request_id=request_id)
    message = translate_params(language, "api.fault", {"request_id": request_id})
    return _error(message, "INTERNAL_ERROR", request_id)


def response_content(data: object, errors: Sequence[GraphQLError] | None) -> dict[str, Any]:
    """The JSON object of one result; `errors` are public already. Without `data` when nothing ran."""
    if not errors:
        return {"data": data}
    formatted = [error.formatted for error in errors]
    return {"errors": formatted} if _is_request_error(data, errors) else {"data": data, "errors": formatted}


def response_status(data: object, errors: Sequence[GraphQLError] | None) -> int:
    """The HTTP status of one result (GraphQL over HTTP, September 2026)."""
    if not errors:
        return 200
    return PARTIAL_SUCCESS if data is not None else http_status(errors)


def http_status(errors: Sequence[GraphQLError]) -> int:
    """The HTTP status of a response without data."""
    codes = {str((error.extensions or {}).get("code")) for error in errors}
    found = next((status for code, status in STATUS_BY_CODE.items() if code in codes), None)
    return found or (422 if _is_request_error(None, errors) else PARTIAL_SUCCESS)


def _is_request_error(data: object, errors: Sequence[GraphQLError]) -> bool:
    """Whether a request was refused before anything ran: errors of fields have a path."""
    return data is None and not any(error.path for error in errors)


def _public_error(error: GraphQLError, language: str, request_id: str) -> GraphQLError:
    cause = error.original_error
    own = next((each for each in (error, cause) if isinstance(each, InputError)), None)
    if own is not None:
        return _error(own.in_language(language), _code(own), request_id, error)
    if _is_token_limit(error):
        message = translate_params(language, "api.too_many_tokens", {"limit": MAX_TOKENS})
        return _error(message, TOO_MANY_TOKENS, request_id, error)
    if isinstance(cause, Refused):
        refusal = cause.refusals[0]
        message = translate_params(language, f"reason.{refusal.reason}", refusal.params)
        return _error(message, refusal.code, request_id, error)
    if cause is None or isinstance(cause, REQUEST_ERRORS) or _is_input_error(error):
        return _error(error.message, _code(error), request_id, error)
    fault = masked_error(cause, language=language, request_id=request_id)
    return _error(fault.message, str((fault.extensions or {})["code"]), request_id, error)


def _is_input_error(error: GraphQLError) -> bool:
    """Return whether a scalar refused a value before execution."""
    return error.path is None and bool(error.locations) and isinstance(error.original_error, ValueError)


def _is_token_limit(error: GraphQLError) -> bool:
    return isinstance(error, GraphQLSyntaxError) and "more than" in error.message and "tokens" in error.message


def _code(error: GraphQLError) -> str:
    extensions: dict[str, Any] = error.extensions or {}
    if "code" in extensions:
        return str(extensions["code"])
    return "GRAPHQL_PARSE_FAILED" if isinstance(error, GraphQLSyntaxError) else "GRAPHQL_VALIDATION_FAILED"


def _error(message: str, code: str, request_id: str, at: GraphQLError | None = None) -> GraphQLError:
    named = {name: value for name, value in ((at and at.extensions) or {}).items() if name in PUBLIC_EXTENSIONS}
    return GraphQLError(
        message,
        nodes=at.nodes if at else None,
        source=at.source if at else None,
        positions=at.positions if at else None,
        path=at.path if at else None,
        extensions={"code": code, "requestId": request_id, **named},
    )
