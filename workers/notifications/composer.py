"""Composer of the mail of a message, from the data its reader may see at sending, in the reader's language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.accounts import security_notices
from domain.accounts.message_readers import MessageReader
from domain.billing.documents.stored_files import StoredFile, files_to_send
from domain.client_status.notices import staleness
from domain.client_status.notices.superseded_mail import superseded_orders
from domain.files.object_store import object_store
from domain.kernel import i18n
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.outbox.claims import ClaimedMessage, MessageBatch
from domain.outbox.digests import CLIENT_STATUS_DIGEST
from domain.outbox.operation_mails import OPERATION_MAIL
from domain.receivables.reminders.waiting_mails import MESSAGE_NAME as REMINDER
from domain.registry import REGISTRY
from domain.verification import results as verification_results
from settings import Settings
from workers.notifications import layout
from workers.notifications.contents.accounts import account_contents
from workers.notifications.contents.claims import claim_contents
from workers.notifications.contents.digests import digest_contents, stale_statuses_contents
from workers.notifications.contents.invoices import invoice_contents, is_outdated
from workers.notifications.contents.members import member_contents
from workers.notifications.contents.message import Data, MessageContents, MessageContext, audience_of, paragraphs
from workers.notifications.contents.orders import (
    client_status_contents,
    contact_contents,
    delivery_contents,
    order_contents,
)
from workers.notifications.contents.receivables import receivable_contents
from workers.notifications.contents.reminders import copy_of_invoice, with_own_text
from workers.notifications.contents.security import SECURITY_AUDIENCE, security_contents
from workers.notifications.contents.supplements import line_contents, supplement_contents
from workers.notifications.contents.uploads import upload_contents
from workers.notifications.contents.verification import verification_contents
from workers.notifications.contents.webhooks import webhook_contents
from workers.notifications.document_queries import DocumentQueries
from workers.notifications.layout import MessageTexts
from workers.notifications.links import contact_url, purpose_of, signed_url, unsubscribe_url
from workers.notifications.smtp import OutgoingMail

CONTENTS = {
    "account": account_contents,
    "order": order_contents,
    "delivery": delivery_contents,
    "invoice": invoice_contents,
    "receivable": receivable_contents,
    "claim": claim_contents,
    "line": line_contents,
    "upload": upload_contents,
    "supplement": supplement_contents,
    "clientStatus": client_status_contents,
    security_notices.SUBJECT_KIND: security_contents,
    verification_results.SUBJECT_KIND: verification_contents,
    "contact": contact_contents,
    "member": member_contents,
    "webhookEndpoint": webhook_contents,
}
DIGEST_CONTENTS = {
    CLIENT_STATUS_DIGEST: digest_contents,
    OPERATION_MAIL: digest_contents,
    staleness.MESSAGE_NAME: stale_statuses_contents,
}
CLIENT_STATUS, INVOICE, ORDER = "clientStatus", "invoice", "order"
# A message about a client status to staff, who read of its order.
CONTRADICTION = "clientStatus.contradict"
# These mails are the invoice itself, and carry it.
WITH_DOCUMENT = frozenset({"invoice.print", "invoice.reverse"})

LEGAL_TEXTS = ("imprint", "privacy")


class MessageDropped(Exception):
    """The message is not sent: its subject is not visible to its reader, the mail is unwanted, or it is superseded."""


class MessageComposer:
    """Composes a mail from claimed messages."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._queries = DocumentQueries()
        self._store = object_store(settings.storage_url)

    async def compose(self, batch: MessageBatch, reader: MessageReader) -> OutgoingMail:
        """Return the finished mail. Raises `MessageDropped` when it is unwanted or its subject is not visible.

        Raises `DocumentsNotStored` while the document that it brings is not stored.
        """
        message = batch.first
        if message.subject_kind == CLIENT_STATUS and not reader.wants_status_mails:
            raise MessageDropped("its reader wants no mails about client statuses")
        data = await self._fetch(batch, reader)
        context = MessageContext(
            language=reader.actor.language,
            audience=_audience(message),
            event_id=external("evt", message.event_id) if message.event_id else None,
            zone=data["operator"]["zone"],
            operator=data["operator"]["name"],
        )
        contents = _contents(batch, data, context)
        texts = _texts(batch.name, context, contents, data["operator"], reader)
        if not texts.paragraphs:
            raise MessageDropped("nothing of what it would say holds any more")
        legal = [*_legal_links(data["operator"], context.language, self._settings.base_url)]
        url = await self._button_url(message, reader, contents)
        leave_url = unsubscribe_url(self._settings, message, reader)
        logo = f"{self._settings.base_url}/branding/logo.png" if data["operator"]["hasLogo"] else ""
        whole = replace(texts, url=url, unsubscribe_url=leave_url, legal_links=legal, logo_url=logo)
        mail = _mail(message, reader, whole)
        return replace(mail, attachments=await self._attachments(message))

    async def _attachments(self, message: ClaimedMessage) -> Sequence[StoredFile]:
        if message.name == REMINDER:
            return await copy_of_invoice(self._store, message.subject_id)
        if message.name not in WITH_DOCUMENT or message.recipient_role is not Role.CUSTOMER:
            return ()
        return await files_to_send(self._store, message.subject_id)

    async def _fetch(self, batch: MessageBatch, reader: MessageReader) -> Data:
        message = batch.first
        if message.name == staleness.MESSAGE_NAME:
            return await self._fetch_statuses(await staleness.notified_at(message.created_at), reader)
        if message.name == CONTRADICTION:
            return await self._queries.fetch(ORDER, reader.actor, id=_external_id(ORDER, message.subject_id))
        if message.subject_kind == CLIENT_STATUS:
            return await self._fetch_statuses(await _order_ids(batch), reader)
        if message.subject_kind == verification_results.SUBJECT_KIND:
            result = await verification_results.load_result(message.subject_id)
            return await self._queries.fetch("security_notice", reader.actor) | {message.subject_kind: result}
        if message.subject_kind == security_notices.SUBJECT_KIND:
            notice = await security_notices.load_notice(message.subject_id)
            return await self._queries.fetch("security_notice", reader.actor) | {message.subject_kind: notice}
        data = await self._queries.fetch(
            message.subject_kind, reader.actor, id=_external_id(message.subject_kind, message.subject_id)
        )
        if message.name != REMINDER:
            return data
        reminder = await with_own_text(data, message.event_id, reader.actor.language)
        if reminder is None:
            raise MessageDropped("the invoice is no longer reminded of, or a later reminder follows")
        return reminder

    async def _fetch_statuses(self, order_ids: Iterable[UUID], reader: MessageReader) -> Data:
        ids = [_external_id(REGISTRY.root.noun, each) for each in dict.fromkeys(order_ids)]
        if not ids:
            raise MessageDropped("nothing of what it speaks of is as it was")
        return await self._queries.fetch_all("client_status", ids, reader.actor)

    async def _button_url(self, message: ClaimedMessage, reader: MessageReader, contents: MessageContents) -> str:
        purpose = purpose_of(message)
        if purpose is not None:
            url = await signed_url(self._settings, message, purpose)
            if url is None:
                raise MessageDropped("what it asks for has been answered or taken back")
            return url
        if contents.path and reader.can_sign_in:
            return f"{self._settings.base_url}{contents.path}"
        return await contact_url(self._settings, message, reader)


def _audience(message: ClaimedMessage) -> str:
    """The audience whose words the reader gets: those about one's own account are the same for all roles."""
    is_notice = message.subject_kind == security_notices.SUBJECT_KIND
    return SECURITY_AUDIENCE if is_notice else audience_of(message.recipient_role)


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
    kind = ORDER if batch.name == CONTRADICTION else batch.first.subject_kind
    found = data["found"] if "found" in data else [data[kind]]
    if not any(found):
        raise MessageDropped("its reader may not see it")
    if batch.name in DIGEST_CONTENTS:
        return DIGEST_CONTENTS[batch.name](data, context)
    if kind == INVOICE and is_outdated(batch.name, found[0]):
        raise MessageDropped("the invoice has left the state that it speaks of")
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
        accent_color=operator["accentColor"] or layout.ACCENT_COLOR,
        notes=[*_notes(operator, language)],
        unsubscribe_reason=i18n.translate(language, "message.unsubscribe.sentence"),
        unsubscribe_label=i18n.translate(language, "message.unsubscribe.link"),
    )


def _operator_lines(operator: Any) -> Iterator[str]:
    place = f"{operator['postcode']} {operator['city']}".strip()
    return (part for part in (operator["name"], operator["street"], place) if part)


def _notes(operator: Any, language: str) -> Iterator[str]:
    yield i18n.translate(language, "message.automatic")
    if operator["supportContact"]:
        yield i18n.translate(language, "message.help", contact=operator["supportContact"])
    elif operator["email"]:
        yield i18n.translate(language, "message.questions", email=operator["email"])


def _legal_links(operator: Any, language: str, base_url: str) -> Iterator[tuple[str, str]]:
    """The pages of the operator's legal texts, for those that exist."""
    for name in LEGAL_TEXTS:
        if operator[name]:
            yield i18n.translate(language, f"message.legal.{name}"), f"{base_url}/{name}?lang={language}"


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
