"""Composer of the mail of a message, from the data its reader may see at sending, in the reader's language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.accounts.message_readers import MessageReader
from domain.client_status.notices import staleness
from domain.client_status.notices.superseded_mail import superseded_orders
from domain.kernel import i18n
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.outbox.claims import ClaimedMessage, MessageBatch
from domain.outbox.digests import CLIENT_STATUS_DIGEST
from domain.outbox.operation_mails import OPERATION_MAIL
from domain.registry import REGISTRY
from settings import Settings
from workers.notifications import layout
from workers.notifications.contents import (
    Data,
    MessageContents,
    MessageContext,
    audience_of,
    client_status_contents,
    delivery_contents,
    order_contents,
    paragraphs,
)
from workers.notifications.digest_contents import digest_contents, stale_statuses_contents
from workers.notifications.document_queries import DocumentQueries
from workers.notifications.invoice_contents import invoice_contents
from workers.notifications.layout import MessageTexts
from workers.notifications.links import LINK_PURPOSES, signed_url, unsubscribe_url
from workers.notifications.smtp import OutgoingMail

CONTENTS = {
    "order": order_contents,
    "delivery": delivery_contents,
    "invoice": invoice_contents,
    "clientStatus": client_status_contents,
}
DIGEST_CONTENTS = {
    CLIENT_STATUS_DIGEST: digest_contents,
    OPERATION_MAIL: digest_contents,
    staleness.MESSAGE_NAME: stale_statuses_contents,
}
CLIENT_STATUS = "clientStatus"


class MessageDropped(Exception):
    """The message is not sent: its subject is not visible to its reader, the mail is unwanted, or it is superseded."""


class MessageComposer:
    """Composes a mail from claimed messages."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._queries = DocumentQueries()

    async def compose(self, batch: MessageBatch, reader: MessageReader) -> OutgoingMail:
        """Return the finished mail. Raises `MessageDropped` when it is unwanted or its subject is not visible."""
        message = batch.first
        if message.subject_kind == CLIENT_STATUS and not reader.wants_status_mails:
            raise MessageDropped("its reader wants no mails about client statuses")
        data = await self._fetch(batch, reader)
        context = MessageContext(
            language=reader.actor.language,
            audience=audience_of(message.recipient_role),
            event_id=external("evt", message.event_id) if message.event_id else None,
            zone=data["operator"]["zone"],
        )
        contents = _contents(batch, data, context)
        texts = _texts(batch.name, context, contents, data["operator"], reader)
        url = await self._button_url(message, reader, contents)
        leave_url = unsubscribe_url(self._settings, message, reader)
        return _mail(message, reader, replace(texts, url=url, unsubscribe_url=leave_url))

    async def _fetch(self, batch: MessageBatch, reader: MessageReader) -> Data:
        message = batch.first
        if message.name == staleness.MESSAGE_NAME:
            return await self._fetch_statuses(await staleness.notified_at(message.created_at), reader)
        if message.subject_kind == CLIENT_STATUS:
            return await self._fetch_statuses(await _order_ids(batch), reader)
        return await self._queries.fetch(
            message.subject_kind, reader.actor, id=_external_id(message.subject_kind, message.subject_id)
        )

    async def _fetch_statuses(self, order_ids: Iterable[UUID], reader: MessageReader) -> Data:
        ids = [_external_id(CLIENT_STATUS, each) for each in dict.fromkeys(order_ids)]
        if not ids:
            raise MessageDropped("nothing of what it speaks of is as it was")
        return await self._queries.fetch_all("client_status", ids, reader.actor)

    async def _button_url(self, message: ClaimedMessage, reader: MessageReader, contents: MessageContents) -> str:
        purpose = LINK_PURPOSES.get(message.name) if message.recipient_role is Role.CUSTOMER else None
        if purpose is not None:
            url = await signed_url(self._settings, message, purpose)
            if url is None:
                raise MessageDropped("what it asks for has been answered or taken back")
            return url
        return f"{self._settings.base_url}{contents.path}" if contents.path and reader.can_sign_in else ""


async def _order_ids(batch: MessageBatch) -> Sequence[UUID]:
    """The orders whose statuses the mail shows, without those that a later mail shows as well."""
    latest = {message.subject_id: message.id for message in batch.messages}
    if batch.name == CLIENT_STATUS_DIGEST:
        return [*latest]
    superseded = await superseded_orders(latest, contact_id=batch.first.contact_id)
    if superseded == latest.keys():
        raise MessageDropped("a later message tells the same")
    return [each for each in latest if each not in superseded]


def _contents(batch: MessageBatch, data: Data, context: MessageContext) -> MessageContents:
    kind = batch.first.subject_kind
    found = data["found"] if "found" in data else [data[kind]]
    if not any(found):
        raise MessageDropped("its reader may not see it")
    if batch.name in DIGEST_CONTENTS:
        return DIGEST_CONTENTS[batch.name](data, context)
    return CONTENTS[kind](found[0], context)


def _texts(
    name: str, context: MessageContext, contents: MessageContents, operator: Any, reader: MessageReader
) -> MessageTexts:
    language, placeholders, zone = context.language, contents.placeholders, operator["zone"]
    key = f"message.{name}.{context.audience}"
    facts = [(fact, placeholders[fact]) for fact in contents.facts if placeholders[fact] is not None]
    rows = [
        (i18n.translate(language, f"message.fact.{fact}"), i18n.format_value(value, language, zone=zone))
        for fact, value in facts
    ]
    return MessageTexts(
        language=language,
        subject=i18n.translate(language, f"{key}.subject", zone=zone, **placeholders),
        greeting=i18n.translate(language, "message.greeting", name=reader.actor.name),
        paragraphs=[*paragraphs(language, f"{key}.body", zone=zone, placeholders=placeholders)],
        rows=[*rows, *contents.table],
        button=i18n.translate(language, f"{key}.button"),
        url="",
        link_fallback=i18n.translate(language, "message.link_in_words"),
        closing=i18n.translate(language, "message.closing"),
        operator=operator["name"],
        operator_lines=[*_operator_lines(operator)],
        notes=[*_notes(operator, language)],
        unsubscribe_reason=i18n.translate(language, "message.unsubscribe.sentence"),
        unsubscribe_label=i18n.translate(language, "message.unsubscribe.link"),
    )


def _operator_lines(operator: Any) -> Iterator[str]:
    place = f"{operator['postcode']} {operator['city']}".strip()
    return (part for part in (operator["name"], operator["street"], place) if part)


def _notes(operator: Any, language: str) -> Iterator[str]:
    yield i18n.translate(language, "message.automatic")
    if operator["email"]:
        yield i18n.translate(language, "message.questions", email=operator["email"])


def _mail(message: ClaimedMessage, reader: MessageReader, texts: MessageTexts) -> OutgoingMail:
    return OutgoingMail(
        reference=f"{message.id}",
        to=reader.email,
        name=reader.actor.name,
        language=texts.language,
        subject=texts.subject,
        text=layout.render_text(texts),
        html=layout.render_html(texts),
        unsubscribe=texts.unsubscribe_url,
    )


def _external_id(noun: str, row_id: UUID) -> str:
    return external(REGISTRY.lifecycles[noun].id_prefix, row_id)
