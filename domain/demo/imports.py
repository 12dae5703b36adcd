"""The demo's imports from an earlier system: two customers by staff, and an unpaid invoice by finance."""

import base64
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta

from domain.commands import execute
from domain.demo.people import MEMBERS
from domain.demo.scenario_player import ScenarioPlayer
from domain.engine.commands import Command
from domain.imports.inputs import ImportFile
from domain.imports.model import ImportKind
from domain.kernel.actors import Actor

HOUR = 9
CUSTOMERS_DAY, INVOICES_DAY = -90, -6
CUSTOMERS = f"""\
legal_name,street,postcode,city,vat_id,invoice_email,contact_name,contact_email,member_number
Museum Hafenspeicher gGmbH,Kaistraße 9,20457,Hamburg,,rechnung@hafenspeicher.example,Bente Ohlsen,\
bente@hafenspeicher.example,{MEMBERS["member"]}
Bäckerei Morgenrot KG,Mühlweg 2,99084,Erfurt,DE777777777,post@morgenrot.example,Anselm Vogt,\
anselm@morgenrot.example,{MEMBERS["member"]}
"""
ISSUED_DAY, DUE_DAY = -16, 8

TimedAction = tuple[datetime, Callable[[], Awaitable[None]]]


def import_actions(player: ScenarioPlayer) -> Iterator[TimedAction]:
    """Both imports with their instants; an interrupted seed imports nothing twice."""
    actors = player.participants.actors
    files = (
        (CUSTOMERS_DAY, ImportKind.CUSTOMERS, "kundinnen.csv", CUSTOMERS, actors["staff"]),
        (INVOICES_DAY, ImportKind.OPEN_INVOICES, "offene-rechnungen.csv", _open_invoices(player), actors["finance"]),
    )
    for day, kind, name, text, actor in files:
        yield player.instant(day, HOUR), _action(kind, name, text, actor)


def _open_invoices(player: ScenarioPlayer) -> str:
    issued_on, due_on = (player.today + timedelta(days=day) for day in (ISSUED_DAY, DUE_DAY))
    columns = "number,issued_on,due_on,amount,customer_name,customer_postcode"
    return f"{columns}\nRE-{issued_on.year}-00198,{issued_on},{due_on},714.00,Kunde XYZ,10115\n"


def _action(kind: ImportKind, name: str, text: str, actor: Actor) -> Callable[[], Awaitable[None]]:
    async def act() -> None:
        entered = ImportFile(kind=kind, file_name=name, content=base64.b64encode(text.encode()).decode())
        key = f"demo:import:{kind}"
        checked = await execute(
            Command(noun="dataImport", move="check", input=entered, idempotency_key=f"{key}:check"), actor
        )
        run = Command(noun="dataImport", move="run", subject_id=checked.subject_id, idempotency_key=f"{key}:run")
        await execute(run, actor)

    return act
