"""Lifecycle of an uploaded file: its bytes arrive, it is put together, and it goes when nothing needs it."""

from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import CLOCK_ROLE, CUSTOMER_ROLE, MEMBER_ROLE, STAFF_ROLE
from domain.uploads import effects, guards, inputs
from domain.uploads.facts import FileFacts
from domain.uploads.model import File, FileState
from domain.uploads.scope import FILES_SCOPE

UPLOADING, CHECKING, FINISHED = FileState.UPLOADING, FileState.CHECKING, FileState.FINISHED
QUARANTINED = FileState.QUARANTINED

# Members deliver and prove; employees and customers attach files to comments, customers by a reply link too.
UPLOADERS = MEMBER_ROLE | STAFF_ROLE | CUSTOMER_ROLE

UPLOADS = Lifecycle(
    noun="upload",
    id_prefix="fil",
    model=File,
    facts=FileFacts,
    scope=FILES_SCOPE,
    states=FileState,
    start=UPLOADING,
    status_field="state",
    transitions=(
        Transition(
            name="finish",
            doc="All bytes have arrived and are one file, whose hash and type are known.",
            from_states=frozenset({UPLOADING}),
            to_state=FINISHED,
            roles=CLOCK_ROLE,
            input=inputs.StoredContent,
            guards=(guards.all_bytes_have_arrived,),
            effect=effects.finish,
            audience=UPLOADERS,
        ),
        Transition(
            name="holdForCheck",
            doc="All bytes have arrived and are one file, which is checked for viruses before anyone may have it.",
            from_states=frozenset({UPLOADING}),
            to_state=CHECKING,
            roles=CLOCK_ROLE,
            input=inputs.StoredContent,
            guards=(guards.all_bytes_have_arrived,),
            effect=effects.hold_for_check,
            audience=UPLOADERS,
        ),
        Transition(
            name="passCheck",
            doc="No virus is known in the file, or it is too large to be checked.",
            from_states=frozenset({CHECKING}),
            to_state=FINISHED,
            roles=CLOCK_ROLE,
            input=inputs.PassedCheck,
            effect=effects.pass_check,
            audience=UPLOADERS,
        ),
        Transition(
            name="quarantine",
            doc="A virus was found in the file: it cannot be downloaded or attached, and its owner is told.",
            from_states=frozenset({CHECKING}),
            to_state=QUARANTINED,
            roles=CLOCK_ROLE,
            input=inputs.FoundVirus,
            effect=effects.quarantine,
            notifies=UPLOADERS,
            audience=UPLOADERS,
        ),
        Transition(
            name="cancel",
            weight=ActionWeight.DANGER,
            doc="The owner stops an upload, or removes a file that is attached to nothing.",
            from_states=frozenset({UPLOADING, CHECKING, FINISHED, QUARANTINED}),
            to_state=FileState.REMOVED,
            roles=UPLOADERS,
            by_reply_link=True,
            guards=(guards.is_not_attached,),
            effect=effects.remove,
            audience=UPLOADERS,
        ),
        Transition(
            name="expire",
            doc="No byte has arrived for 24 hours, or the file was attached to nothing, or infected, for seven days.",
            from_states=frozenset({UPLOADING, FINISHED, QUARANTINED}),
            to_state=FileState.REMOVED,
            roles=CLOCK_ROLE,
            guards=(guards.has_expired,),
            effect=effects.remove,
            due=guards.expiry,
            basis="last_byte_at",
            audience=UPLOADERS,
        ),
    ),
    commands=(
        Transition(
            name="create",
            weight=ActionWeight.PRIMARY,
            doc="A member, an employee or a customer opens an upload: a place that the bytes of one file are sent to.",
            roles=UPLOADERS,
            by_reply_link=True,
            to_state=UPLOADING,
            creates=True,
            input=inputs.NewUpload,
            validators=(guards.size_is_allowed,),
            effect=effects.create,
            audience=UPLOADERS,
        ),
    ),
)
