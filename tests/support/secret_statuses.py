"""Client statuses that no customer may read: drafts, hidden and withdrawn ones, and their authors."""

from dataclasses import replace
from typing import Any

from domain.client_status.inputs import StatusInput
from domain.client_status.model import StatusRules
from domain.kernel.actors import Actor
from domain.operator.model import CustomerAccess
from domain.orders.inputs import CommentText
from domain.orders.model import OrderStatus
from domain.pipelines.inputs import StageEntryInput
from domain.status_templates.model import Notification
from tests.makers.automations import an_automation
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.orders import Case, an_order
from tests.makers.pipelines import a_pipeline, ids_of, named

SECRET = "GEHEIM"
UNTOLD: dict[str, Any] = {"name": f"{SECRET} name", "label": f"{SECRET} label", "description": f"{SECRET} text"}
TOLD = StatusInput(label="Sichtbar in Arbeit", name="Sichtbar Projekt", description="Sichtbar", color="#2563eb")


async def a_told_status(case: Case, by: Actor) -> None:
    """A status that is shown, with secrets before it, and one that waits out its quiet period behind it."""
    await move_client_status(case, "update", StatusInput(**UNTOLD), actor=by)
    await move_client_status(case, "show", TOLD)
    await StatusRules.all().update(quiet_minutes=60)
    await move_client_status(case, "update", StatusInput(**UNTOLD), actor=by)
    await StatusRules.all().update(quiet_minutes=0)


async def statuses_out_of_sight(by: Actor, **facts: Any) -> list[Case]:
    """Statuses that are set to shown, of orders their client may not see: a draft, deleted, archived, hidden again."""
    draft = await a_client_status(await an_order(OrderStatus.DRAFT, **facts), **UNTOLD)
    deleted = await an_order(OrderStatus.DRAFT, customer_access=CustomerAccess.STATUS_ONLY, **facts)
    await a_client_status(deleted, **UNTOLD)
    await deleted.move("delete", deleted.by_member)
    archived = await a_client_status(await an_order(OrderStatus.ACTIVE, **facts), **UNTOLD)
    await archived.move("comment", by, CommentText(text=f"{SECRET} comment"))
    await archived.move("archive", archived.by_member)
    return [draft, deleted, archived]


async def hidden_before_the_digest(case: Case, by: Actor) -> None:
    """Shown and hidden again while the mail about it waits for the next morning."""
    daily = replace(StatusInput(**UNTOLD), notification=Notification.DAILY_DIGEST)
    await move_client_status(case, "show", daily)
    await move_client_status(case, "hide", actor=by)


async def a_secret_board(*cases: Case, by: Actor) -> None:
    """A stage and an automation with secret names, and the orders that both work with."""
    pipeline = await a_pipeline(f"{SECRET} stage", **named(f"{SECRET} board"))
    (stage_id,) = await ids_of(pipeline)
    await an_automation("order.enterStage", name=f"{SECRET} rule", stage_id=stage_id)
    for case in cases:
        await case.move("enterStage", by, StageEntryInput(stage_id=stage_id))
