"""Writes a letter at the moment it is sent: what its reader may see now, in the reader's words."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.accounts.readers import Reader
from domain.actions import BOOK
from domain.client_status import stale_letters
from domain.client_status.later_letters import is_told_by_a_later_letter
from domain.kernel import i18n
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.outbox.claims import ClaimedMessage, MessageBatch
from settings import Settings
from workers.letters import layout
from workers.letters.contents import (
    Contents,
    Data,
    Telling,
    group_of,
    of_client_status,
    of_delivery,
    of_order,
    paragraphs,
)
from workers.letters.digest import of_changes, of_stale
from workers.letters.invoices import of_invoice
from workers.letters.layout import Letter
from workers.letters.links import ASKS, signed_address, unsubscribe_address
from workers.letters.reading import Readings
from workers.mail import Mail

CONTENTS = {"order": of_order, "delivery": of_delivery, "invoice": of_invoice, "clientStatus": of_client_status}
DIGESTS = {"clientStatus.digest": of_changes, stale_letters.LETTER: of_stale}
CLIENT_STATUS = "clientStatus"


class NotToBeSent(Exception):
    """Its reader may not, or no longer, see what a letter speaks of, wants no such mail, or is told by another."""


class Writer:
    """Turns claimed letters into a mail."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._readings = Readings()

    async def write(self, envelope: MessageBatch, reader: Reader) -> Mail:
        """The finished mail. Raises `NotToBeSent` when there is nothing its reader may be told, or wants to be."""
        letter = envelope.first
        if letter.subject_kind == CLIENT_STATUS and not reader.wants_status_mails:
            raise NotToBeSent("its reader wants no mails about client statuses")
        if await _is_told_later(envelope):
            raise NotToBeSent("a later letter tells the same")
        data = await self._read(envelope, reader)
        telling = Telling(
            language=reader.actor.language,
            group=group_of(letter.recipient_role),
            event_id=external("evt", letter.event_id) if letter.event_id else None,
            zone=data["operator"]["zone"],
        )
        contents = _contents(envelope, data, telling)
        composed = _composed(envelope.name, telling, contents, data["operator"], reader)
        address = await self._address(letter, reader, contents)
        leave = unsubscribe_address(self._settings, letter, reader)
        return _mail(letter, reader, replace(composed, address=address, unsubscribe=leave))

    async def _read(self, envelope: MessageBatch, reader: Reader) -> Data:
        letter = envelope.first
        if letter.name == stale_letters.LETTER:
            return await self._read_all(await stale_letters.told_at(letter.created_at), reader)
        if letter.subject_kind == CLIENT_STATUS:
            return await self._read_all([each.subject_id for each in envelope.messages], reader)
        return await self._readings.ask(
            letter.subject_kind, reader.actor, id=_external(letter.subject_kind, letter.subject_id)
        )

    async def _read_all(self, order_ids: Iterable[UUID], reader: Reader) -> Data:
        ids = [_external(CLIENT_STATUS, each) for each in dict.fromkeys(order_ids)]
        if not ids:
            raise NotToBeSent("nothing of what it speaks of is as it was")
        return await self._readings.ask_for_all("client_status", ids, reader.actor)

    async def _address(self, letter: ClaimedMessage, reader: Reader, contents: Contents) -> str:
        purpose = ASKS.get(letter.name) if letter.recipient_role is Role.CUSTOMER else None
        if purpose is not None:
            address = await signed_address(self._settings, letter, purpose)
            if address is None:
                raise NotToBeSent("what it asks for has been answered or taken back")
            return address
        return f"{self._settings.base_url}{contents.page}" if contents.page and reader.can_sign_in else ""


async def _is_told_later(envelope: MessageBatch) -> bool:
    letter = envelope.first
    if letter.subject_kind != CLIENT_STATUS or envelope.name in DIGESTS:
        return False
    return await is_told_by_a_later_letter(letter.id, order_id=letter.subject_id, contact_id=letter.contact_id)


def _contents(envelope: MessageBatch, data: Data, telling: Telling) -> Contents:
    kind = envelope.first.subject_kind
    found = data["found"] if "found" in data else [data[kind]]
    if not any(found):
        raise NotToBeSent("its reader may not see it")
    if envelope.name in DIGESTS:
        return DIGESTS[envelope.name](data, telling)
    return CONTENTS[kind](found[0], telling)


def _composed(name: str, telling: Telling, contents: Contents, operator: Any, reader: Reader) -> Letter:
    language, said, zone = telling.language, contents.said, operator["zone"]
    key = f"letter.{name}.{telling.group}"
    facts = [(fact, said[fact]) for fact in contents.facts if said[fact] is not None]
    rows = [
        (i18n.translate(language, f"letter.fact.{fact}"), i18n.format_value(value, language, zone=zone))
        for fact, value in facts
    ]
    return Letter(
        language=language,
        subject=i18n.translate(language, f"{key}.subject", zone=zone, **said),
        greeting=i18n.translate(language, "letter.greeting", name=reader.actor.name),
        paragraphs=[*paragraphs(language, f"{key}.body", zone=zone, said=said)],
        rows=[*rows, *contents.table],
        button=i18n.translate(language, f"{key}.button"),
        address="",
        link_in_words=i18n.translate(language, "letter.link_in_words"),
        closing=i18n.translate(language, "letter.closing"),
        operator=operator["name"],
        operator_lines=[*_imprint(operator)],
        notes=[*_notes(operator, language)],
        why=i18n.translate(language, "letter.unsubscribe.sentence"),
        leave=i18n.translate(language, "letter.unsubscribe.link"),
    )


def _imprint(operator: Any) -> Iterator[str]:
    place = f"{operator['postcode']} {operator['city']}".strip()
    return (part for part in (operator["name"], operator["street"], place) if part)


def _notes(operator: Any, language: str) -> Iterator[str]:
    yield i18n.translate(language, "letter.automatic")
    if operator["email"]:
        yield i18n.translate(language, "letter.questions", email=operator["email"])


def _mail(letter: ClaimedMessage, reader: Reader, composed: Letter) -> Mail:
    return Mail(
        reference=f"{letter.id}",
        to=reader.email,
        name=reader.actor.name,
        language=composed.language,
        subject=composed.subject,
        text=layout.as_text(composed),
        html=layout.as_html(composed),
        unsubscribe=composed.unsubscribe,
    )


def _external(noun: str, inside: UUID) -> str:
    return external(BOOK.lifecycles[noun].id_prefix, inside)
