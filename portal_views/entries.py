"""Pages of what is written down as a whole: one begins it, the other shows, amends and moves it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.desk import Data, Handler, Visit, found
from portal_views.filled import rows_of, values_of
from portal_views.formats import Formats
from portal_views.moves import Attempt, Done, field_id, make, refused, send, terms
from portal_views.problems import Problem
from portal_views.reading import Reading, clean, row_numbers
from portal_views.things import asked_id, done_here, formats_of

Choices = Mapping[str, Sequence[Data]]
LOOKS_AGAIN = {"more", "preview"}


def _as_typed(form: FormData, inputs: Sequence[Data]) -> FormData:
    return form


def _no_choices(visit: Visit, data: Data) -> Choices:
    return {}


def _asking_no_more(visit: Visit) -> Data:
    return {}


def _nothing_more(visit: Visit, data: Data) -> Data:
    return {}


def _after_the_last(visit: Visit, data: Data) -> Data:
    last = data["last"]["nodes"]
    return {"position": last[0]["position"] + 1 if last else 1}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How the pages of one noun differ.

    `document` asks for one thing or, with `new`, for what its first form needs; `arranged` gives a form its final
    shape before it is read; `rows` is the nested list that the form repeats, a new one `first_rows` times; `blank`
    gives what stands in a new form, `asking` further variables of the document, `facts` what else the template needs.
    """

    noun: str
    document: str
    template: str
    place: str
    rows: str = ""
    first_rows: int = 3
    blank: Callable[[Visit, Data], Data] = _after_the_last
    choices: Callable[[Visit, Data], Choices] = _no_choices
    arranged: Callable[[FormData, Sequence[Data]], FormData] = _as_typed
    asking: Callable[[Visit], Data] = _asking_no_more
    facts: Callable[[Visit, Data], Data] = _nothing_more
    onward: Callable[[Visit, Done], Response] = done_here

    def begin(self) -> Handler:
        """The handler of the page on which one is begun."""

        async def handler(visit: Visit) -> Response:
            data = await visit.ask(self.document, new=True)
            return await self._shown_or_saved(visit, data, begun(data), self.blank(visit, data), None)

        return handler

    def page(self) -> Handler:
        """The handler of the page of one thing."""

        async def handler(visit: Visit) -> Response:
            data = await visit.ask(self.document, id=asked_id(visit), **self.asking(visit))
            thing, formats = found(data[self.noun]), formats_of(visit, data)
            action = _amending(thing)
            values = values_of(thing, action["inputs"], formats) if action else {}
            if visit.request.method == "POST" and not await _amends(visit, action):
                return await self._moved(visit, data, thing, action, values, formats)
            return await self._shown_or_saved(visit, data, action, values, thing)

        return handler

    def amending(self) -> Handler:
        """The handler of a page on which one is amended and not moved; what cannot be amended has only its page."""

        async def handler(visit: Visit) -> Response:
            data = await visit.ask(self.document, id=asked_id(visit), **self.asking(visit))
            thing = found(data[self.noun])
            action = _amending(thing)
            if action is None or not action["allowed"]:
                return visit.see_other(f"{self.place}/{thing['id']}")
            values = values_of(thing, action["inputs"], formats_of(visit, data))
            return await self._shown_or_saved(visit, data, action, values, thing)

        return handler

    async def _shown_or_saved(
        self, visit: Visit, data: Data, action: Data | None, values: Data, thing: Data | None
    ) -> Response:
        if visit.request.method != "POST" or action is None:
            return self._shown(visit, data, action, values, thing)
        typed = await visit.request.form()
        form = self.arranged(typed, action["inputs"])
        if typed.get("do") in LOOKS_AGAIN:
            return self._shown(visit, data, action, values, thing, refused(action, form, ()))
        outcome = await sent(visit, action, form, formats_of(visit, data))
        if isinstance(outcome, Attempt):
            return self._shown(visit, data, action, values, thing, outcome)
        return visit.see_other(f"{self.place}/{outcome.subject_id}", done=outcome.mutation)

    async def _moved(
        self, visit: Visit, data: Data, thing: Data, action: Data | None, values: Data, formats: Formats
    ) -> Response:
        outcome = await make(visit, [thing], formats)
        if isinstance(outcome, Done):
            return self.onward(visit, outcome)
        data = await visit.ask(self.document, id=thing["id"], **self.asking(visit))
        return self._shown(visit, data, action, values, found(data[self.noun]), outcome)

    def _shown(
        self,
        visit: Visit,
        data: Data,
        action: Data | None,
        values: Data,
        thing: Data | None,
        attempt: Attempt | None = None,
    ) -> Response:
        return visit.page(
            self.template,
            data,
            status=422 if attempt and attempt.problems else 200,
            place=self.place,
            thing=thing,
            action=action,
            attempt=attempt,
            values=values,
            choices=self.choices(visit, data),
            rows=self._rows(visit, thing, action, attempt),
            typed=attempt.form if attempt and action and attempt.is_of(action) else None,
            **self.facts(visit, data),
        )

    def _rows(self, visit: Visit, thing: Data | None, action: Data | None, attempt: Attempt | None) -> int:
        """How many rows the form shows: those filled, and room for more."""
        if attempt and action and attempt.is_of(action):
            return len(row_numbers(attempt.form, self.rows)) + 1 + (attempt.form.get("do") == "more")
        return rows_of(thing, self.rows) + 1 if thing else self.first_rows


def begun(data: Data, *, subject_id: str = "", subject_field: str = "") -> Data:
    """What the API says that beginning takes, of the kind that a document asks for; a menu's entry but for reasons.

    What it begins from is the subject and need not be filled in.
    """
    beginning = found(next(iter(data["beginnings"]), None))
    inputs = [each for each in beginning["inputs"] if each["name"] != subject_field]
    subject = {"subjectId": subject_id, "subjectField": subject_field}
    return {**beginning, **subject, "inputs": inputs, "allowed": True}


def _amending(thing: Data) -> Data | None:
    return next((action for action in thing["openActions"] if action["name"] == "amend"), None)


async def _amends(visit: Visit, action: Data | None) -> bool:
    """Whether the form that was sent is the one of the whole thing."""
    form = await visit.request.form()
    return action is not None and clean(form.get("mutation", "")) == action["mutation"]


async def sent(visit: Visit, action: Data, form: FormData, formats: Formats) -> Done | Attempt:
    reading = Reading(form, formats)
    given: dict[str, Any] = reading.all(action["inputs"]) | terms(form)
    if reading.unread:
        return refused(action, form, [Problem(text, field_id(action, name)) for name, text in reading.unread.items()])
    if action["subjectId"]:
        given[action["subjectField"]] = action["subjectId"]
    return await send(visit, action, form, given)
