"""Uploaded files as members and the operator's people see them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.kernel.actors import ActorKind
from domain.kernel.ids import external
from domain.uploads.model import FileState
from schema.declarations.fields import column, computed
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.timeline import Deadline, deadlines_field
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.files import FileFields, FileLinkFacts
from schema.shared.translated_fields import translated

MEMBERS = frozenset({ActorKind.MEMBER})


def tus_url(file: FileLinkFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> str | None:
    """Where the bytes of an unfinished file are sent; None once it is finished."""
    return f"/files/uploads/{external('fil', file.id)}" if file.status is FileState.UPLOADING else None


@field_order(
    """
    id name size received state state_label version media_type sha256 url preview_url upload_url created_at finished_at
    deadlines open_actions
    """
)
@strawberry.type(description="An uploaded file. Its bytes never change once it is finished.")
class File(FileFields):
    """An uploaded file."""

    received: float = column(description="How many of its bytes have arrived.")
    state: FileState = column(description="How far it is.")
    state_label: str = translated("status.upload", "{t}.state", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    upload_url: str | None = computed(
        FileLinkFacts,
        tus_url,
        only_for=MEMBERS,
        description="Where its bytes are sent by the tus protocol, with the same session or bearer token; null once "
        "it is finished.",
    )
    finished_at: datetime | None = column(description="When all bytes had arrived and were one file.")
    deadlines: list[Deadline] = deadlines_field("upload")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("upload")
