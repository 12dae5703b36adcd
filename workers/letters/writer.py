"""Writes a letter at the moment it is sent: what its reader may see now, in the reader's words."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.accounts.readers import Reader
from domain.core import words
from domain.core.actors import Role
from domain.core.ids import external
from domain.core.mailing import Claimed
from settings import Settings
from workers.letters import layout
from workers.letters.contents import (
    Contents,
    Telling,
    group_of,
    of_client_status,
    of_delivery,
    of_order,
    paragraphs,
)
from workers.letters.invoices import of_invoice
from workers.letters.layout import Letter
from workers.letters.links import ASKS, signed_address
from workers.letters.reading import Readings
from workers.mail import Mail

PREFIXES = {"order": "ord", "delivery": "del", "invoice": "inv", "clientStatus": "ord"}
DOCUMENTS = {"order": "order", "delivery": "delivery", "invoice": "invoice", "clientStatus": "client_status"}
CONTENTS = {"order": of_order, "delivery": of_delivery, "invoice": of_invoice, "clientStatus": of_client_status}


class OutOfSight(Exception):
    """The reader may not, or no longer, see what the letter speaks of; it is never sent."""


class Writer:
    """Turns a claimed letter into a mail."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._readings = Readings()

    async def write(self, letter: Claimed, reader: Reader) -> Mail:
        """The finished mail. Raises `OutOfSight` when there is nothing its reader may be told."""
        data = await self._readings.ask(DOCUMENTS[letter.subject_kind], _subject(letter), reader.actor)
        subject = _subject_of(letter, data)
        if subject is None:
            raise OutOfSight("its reader may not see it")
        telling = Telling(
            language=reader.actor.language,
            group=group_of(letter.recipient_role),
            event_id=external("evt", letter.event_id) if letter.event_id else None,
        )
        contents = CONTENTS[letter.subject_kind](subject, telling)
        address = await self._address(letter, reader, contents)
        return _mail(letter, reader, _composed(letter.name, telling, contents, data["operator"], reader, address))

    async def _address(self, letter: Claimed, reader: Reader, contents: Contents) -> str:
        purpose = ASKS.get(letter.name) if letter.recipient_role is Role.CUSTOMER else None
        if purpose is not None:
            address = await signed_address(self._settings, letter, purpose)
            if address is None:
                raise OutOfSight("what it asks for has been answered or taken back")
            return address
        return f"{self._settings.base_url}{contents.page}" if contents.page and reader.can_sign_in else ""


def _composed(name: str, telling: Telling, contents: Contents, operator: Any, reader: Reader, address: str) -> Letter:
    language, said, zone = telling.language, contents.said, operator["zone"]
    key = f"letter.{name}.{telling.group}"
    facts = [(fact, said[fact]) for fact in contents.facts if said[fact] is not None]
    rows = [
        (words.say(language, f"letter.fact.{fact}"), words.written(value, language, zone=zone)) for fact, value in facts
    ]
    return Letter(
        language=language,
        subject=words.say(language, f"{key}.subject", zone=zone, **said),
        greeting=words.say(language, "letter.greeting", name=reader.actor.name),
        paragraphs=[*paragraphs(language, f"{key}.body", zone=zone, said=said)],
        rows=[*rows, *contents.table],
        button=words.say(language, f"{key}.button"),
        address=address,
        link_in_words=words.say(language, "letter.link_in_words"),
        closing=words.say(language, "letter.closing"),
        operator=operator["name"],
        operator_lines=[*_imprint(operator)],
        notes=[*_notes(operator, language)],
    )


def _imprint(operator: Any) -> Iterator[str]:
    place = f"{operator['postcode']} {operator['city']}".strip()
    return (part for part in (operator["name"], operator["street"], place) if part)


def _notes(operator: Any, language: str) -> Iterator[str]:
    yield words.say(language, "letter.automatic")
    if operator["email"]:
        yield words.say(language, "letter.questions", email=operator["email"])


def _mail(letter: Claimed, reader: Reader, composed: Letter) -> Mail:
    return Mail(
        reference=f"{letter.id}",
        to=reader.email,
        name=reader.actor.name,
        language=composed.language,
        subject=composed.subject,
        text=layout.as_text(composed),
        html=layout.as_html(composed),
    )


def _subject(letter: Claimed) -> str:
    return external(PREFIXES[letter.subject_kind], letter.subject_id)


def _subject_of(letter: Claimed, data: Mapping[str, Any]) -> Any:
    """The part of the answer the letter speaks of; a client status is one of those that are visible now."""
    if letter.subject_kind == "clientStatus":
        visible = data["workInProgress"]["nodes"]
        return next((status for status in visible if status["id"] == _subject(letter)), None)
    return data[letter.subject_kind]
