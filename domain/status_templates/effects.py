"""Effects of the moves of status templates."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from domain.database.unique_names import taken_names
from domain.engine.transition import TransitionContext
from domain.kernel.amendments import given_values
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.status_templates.inputs import StatusTemplateInput
from domain.status_templates.model import StatusTemplate
from domain.status_templates.placeholders import unfillable_placeholders

SELECT_ORDER_TEMPLATES = """SELECT name, delivery_days FROM order_templates
    WHERE state = 'ACTIVE' AND status_template_id = $1 ORDER BY name"""
TEXTS = ("label_de", "label_en", "description_de", "description_en")
COPIED_FIELDS = ("color", "kind", *TEXTS)
FIELDS = tuple(item.name for item in fields(StatusTemplateInput))


async def create(move: TransitionContext) -> StatusTemplate:
    template = StatusTemplate(created_at=move.now)
    values = _values(move.input)
    await _require_unique_labels(move, values, None)
    template.update_from_dict(values)
    await template.save(using_db=move.connection)
    return template


async def amend(move: TransitionContext) -> None:
    """Change what is given; the edition counts changes of copied fields. The event says what became what."""
    values = {name: getattr(move.row, name) for name in FIELDS} | _values(move.input)
    await _require_unique_labels(move, values, move.row.id)
    await _require_fillable(move, values)
    changed = {name: (getattr(move.row, name), value) for name, value in values.items()}
    move.event_body |= {name: {"from": old, "to": new} for name, (old, new) in changed.items() if old != new}
    if any(name in move.event_body for name in COPIED_FIELDS):
        move.row.edition += 1
    move.row.update_from_dict(values)


async def restore(move: TransitionContext) -> None:
    row = move.row
    if await _taken_labels(move, row.label_de, row.label_en, row.id):
        raise Refused(guard_failed("label_taken_meanwhile"))


def _values(entry: Any) -> dict[str, Any]:
    """The values that an entry or an amendment gives, as they are stored."""
    values = {name: value.strip() if name in TEXTS else value for name, value in given_values(entry).items()}
    return values | ({"color": values["color"].lower()} if "color" in values else {})


async def _require_fillable(move: TransitionContext, values: dict[str, Any]) -> None:
    """Refuse placeholders that the order templates with this status could never fill; those templates are named."""
    rows = await move.connection.execute_query_dict(SELECT_ORDER_TEMPLATES, [move.row.id])
    for name in TEXTS:
        for placeholder in unfillable_placeholders(None, values[name]):
            users = [
                row["name"]
                for row in rows
                if placeholder in unfillable_placeholders(row["delivery_days"], values[name])
            ]
            if users:
                raise Refused(invalid("placeholder_never_filled_by", name, placeholder=placeholder, users=tuple(users)))


async def _require_unique_labels(move: TransitionContext, values: dict[str, Any], own_id: UUID | None) -> None:
    """People choose a template by its label, so two templates in use cannot share one."""
    taken = await _taken_labels(move, values["label_de"], values["label_en"], own_id)
    if taken:
        raise Refused(*(invalid("label_taken", name) for name in taken))


async def _taken_labels(move: TransitionContext, label_de: str, label_en: str, own_id: UUID | None) -> list[str]:
    labels = {"label_de": label_de, "label_en": label_en}
    return await taken_names(move.connection, "status_templates", labels, own_id)
