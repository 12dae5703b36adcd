"""Refresh of texts that a template filled with an expected day, when that day changes."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status.change import ExpectedDateMode, StatusChange
from domain.client_status.change_plan import TEXTS
from domain.client_status.model import KeptUntil
from domain.client_status.reads import FROM_INTENDED, intended

# SQL: the texts of the template `m` show the expected day, and the template is active.
TEXT_HAS_EXPECTED_DATE = """m.state = 'ACTIVE'
    AND concat(m.label_de, m.label_en, m.description_de, m.description_en) LIKE '%{expected}%'"""
INTENDED_COLUMNS = ("template_id", "template_edition", "edited_by_hand", "kept_until", "kept_until_on", *TEXTS)
# A label or a description in the change that repeats what the status says already replaces nothing.
SELECT_REFRESHABLE = f"""WITH intended_statuses AS (
    SELECT s.id, {", ".join(f"{intended(name)} AS {name}" for name in INTENDED_COLUMNS)}
    FROM {FROM_INTENDED} WHERE s.id = ANY($1::uuid[]))
SELECT t.id, t.template_id, t.kept_until, t.kept_until_on FROM intended_statuses t
    JOIN status_templates m ON m.id = t.template_id AND m.edition = t.template_edition
    WHERE {TEXT_HAS_EXPECTED_DATE} AND NOT t.edited_by_hand
        AND ($2::text IS NULL OR $2 IN (t.label_de, t.label_en))
        AND ($3::text IS NULL OR $3 IN (t.description_de, t.description_en))
    ORDER BY t.id"""


async def with_refreshed_texts(
    connection: BaseDBAsyncClient, change: StatusChange, order_ids: Sequence[UUID]
) -> list[tuple[StatusChange, Sequence[UUID]]]:
    """The changes for these orders, with the texts of templates that show the day filled again; holds stay.

    Without the refresh a sentence of a template would contradict the day.
    """
    if change.expects is ExpectedDateMode.AS_BEFORE or change.template_id is not None:
        return [(change, order_ids)]
    values = [list(order_ids), change.label, change.description]
    refreshed_ids: dict[StatusChange, list[UUID]] = {}
    for row in await connection.execute_query_dict(SELECT_REFRESHABLE, values):
        refreshed = replace(change, template_id=row["template_id"], label=None, description=None)
        if change.kept_until is None and row["kept_until"]:
            refreshed = replace(refreshed, kept_until=KeptUntil(row["kept_until"]), kept_until_on=row["kept_until_on"])
        refreshed_ids.setdefault(refreshed, []).append(row["id"])
    found = {each for ids in refreshed_ids.values() for each in ids}
    plain = [each for each in order_ids if each not in found]
    return [*([(change, plain)] if plain else []), *refreshed_ids.items()]
