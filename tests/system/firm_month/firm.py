"""The firm of one story: its people, and how they speak to the running system."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any

import httpx2

from tests.makers.time import BERLIN
from tests.support.running_system import RunningSystem, eventually

OPERATIONS = "/graphql"
PASSWORD = "a password of their own"
IBANS = {
    "firm": "DE02120300000000202051",
    "mira": "DE02500105170137075030",
    "noah": "DE02100500000024290661",
}
SETUP = {
    "name_de": "Tischlerei Ost eG",
    "name_en": "Eastern Joinery",
    "street": "Werkhof 1",
    "postcode": "10115",
    "city": "Berlin",
    "email": "post@joinery.example",
    "contact_name": "Fiona Finanz",
    "phone": "+49 30 5550100",
    "vat_id": "DE111111125",
    "iban": IBANS["firm"],
    "language": "de",
    "invoice_format": "R{number:5}",
    "cancellation_format": "S{number:5}",
    "fee_percent": "9",
    "administrator_name": "Ada Erste",
    "administrator_email": "ada@joinery.example",
    "administrator_password": PASSWORD,
}
STAFF = {
    "stefan": ("Stefan Prüfer", "STAFF"),
    "fiona": ("Fiona Finanz", "FINANCE"),
    "felix": ("Felix Finanz", "FINANCE"),
}
MEMBERS = {"mira": "Mira Möbel", "noah": "Noah Nußbaum"}
LINK = re.compile(r"https?://[^/\s\"<]+(/l/[\w.-]+)")
PORTION = 10


class Firm:
    """The people of the story with their tokens; who makes a move is named by a first name."""

    def __init__(self, system: RunningSystem) -> None:
        self.system = system
        self.keys: dict[str, str] = {}
        self.members: dict[str, str] = {}

    def ask(self, who: str, document: str, **variables: Any) -> dict[str, Any]:
        return self.system.ask(OPERATIONS, self.keys[who], document, **variables)

    def move(self, who: str, mutation: str, noun: str, select: str = "id", **given: Any) -> Any:
        """Make one move, which must not be refused, and return what is selected of its noun."""
        return self.moves(who, mutation, noun, [given], select)[0]

    def moves(
        self, who: str, mutation: str, noun: str, inputs: Sequence[dict[str, Any]], select: str = "id"
    ) -> list[Any]:
        """Make the same move of many, several with one request; none may be refused."""
        done = []
        for start in range(0, len(inputs), PORTION):
            portion = inputs[start : start + PORTION]
            document = _document(mutation, noun, select, len(portion))
            answer = self.ask(who, document, **{f"i{place}": given for place, given in enumerate(portion)})
            for payload in answer.values():
                assert payload["errors"] == [], payload["errors"]
                done.append(payload[noun])
        return done

    def refusals(self, who: str, mutation: str, **given: Any) -> list[str]:
        """The reasons for which a move is refused; none when it was made."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
        document = f"mutation ($i: {kind}) {{ {mutation}(input: $i) {{ errors {{ reason }} }} }}"
        return [error["reason"] for error in self.ask(who, document, i=given)[mutation]["errors"]]

    def in_bulk(self, who: str, mutation: str, expected: int, **given: Any) -> None:
        """Make a move of many rows at once; it is made of as many as expected."""
        counts = "id state applied failed unchanged"
        started = self.move(who, mutation, "bulkOperation", counts, **given)
        ended = eventually(lambda: self._ended(who, started["id"], counts))
        assert (ended["applied"], ended["failed"]) == (expected, 0), ended

    def _ended(self, who: str, operation: str, counts: str) -> Any:
        document = f"query ($id: ID!) {{ bulkOperation(id: $id) {{ {counts} }} }}"
        found = self.ask(who, document, id=operation)["bulkOperation"]
        return found if found["state"] not in ("PENDING", "RUNNING") else None

    def rows(self, who: str, name: str, select: str, where: str = "") -> list[Any]:
        """All rows of a connection, page by page; `where` is GraphQL."""
        return [*self._pages(who, name, select, where)]

    def _pages(self, who: str, name: str, select: str, where: str) -> Iterator[Any]:
        after: str | None = None
        condition = f", where: {where}" if where else ""
        while True:
            document = f"""query ($after: String) {{ found: {name}(first: 100, after: $after{condition}) {{
                nodes {{ {select} }} pageInfo {{ hasNextPage endCursor }} }} }}"""
            page = self.ask(who, document, after=after)["found"]
            yield from page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]

    def today(self) -> date:
        return date.fromisoformat(self.ask("ada", "{ operator { today } }")["operator"]["today"])

    def operator_id(self) -> str:
        return str(self.ask("ada", "{ operator { id } }")["operator"]["id"])

    def file(self, who: str, path: str) -> httpx2.Response:
        """A file that finance may download."""
        answer = self.system.http.get(path, headers={"Authorization": self.keys[who]})
        assert answer.status_code == httpx2.codes.OK, answer.text
        return answer

    def send(self, who: str, address: str, content: bytes) -> None:
        """Send the bytes of an upload, in one piece."""
        headers = {
            "Authorization": self.keys[who],
            "Tus-Resumable": "1.0.0",
            "Upload-Offset": "0",
            "Content-Type": "application/offset+octet-stream",
        }
        answer = self.system.http.patch(address, content=content, headers=headers)
        assert answer.status_code == httpx2.codes.NO_CONTENT, answer.text

    def noon_comes(self) -> None:
        """Move the product's own clock to a noon, before and after which reminders and midnight are hours away."""
        now = datetime.fromisoformat(self.ask("ada", "{ now }")["now"]).astimezone(BERLIN)
        noon = datetime.combine(now.date() + timedelta(days=1), time(12), BERLIN)
        self.system.command("time-travel", f"+{int((noon - now).total_seconds() // 60)}m")

    def days_pass(self, days: int) -> None:
        """Move the product's own clock."""
        self.system.command("time-travel", f"+{days}d")


def _document(mutation: str, noun: str, select: str, count: int) -> str:
    kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
    arguments = ", ".join(f"$i{place}: {kind}" for place in range(count))
    payload = f"{{ {noun} {{ {select} }} errors {{ reason message path }} }}"
    fields = " ".join(f"m{place}: {mutation}(input: $i{place}) {payload}" for place in range(count))
    return f"mutation ({arguments}) {{ {fields} }}"


def founded(system: RunningSystem) -> Firm:
    """The firm with its people, rules and bank accounts."""
    options = [word for name, value in SETUP.items() for word in ("--set", f"{name}={value}")]
    system.command("setup", *options)
    firm = Firm(system)
    _sign_in(firm, "ada")
    for who, (name, role) in STAFF.items():
        firm.move("ada", "accountInvite", "account", email=_address(who), name=name, roles=[role], language="de")
    firm.members = {
        who: firm.move("ada", "memberCreate", "member", name=name, email=_address(who))["id"]
        for who, name in MEMBERS.items()
    }
    for who, name in {**{who: name for who, (name, _) in STAFF.items()}, **MEMBERS}.items():
        _accept_invitation(firm, who, name)
        _sign_in(firm, who)
    firm.noon_comes()
    for who, member_id in firm.members.items():
        firm.move("ada", "memberAmend", "member", id=member_id, iban=IBANS[who])
    return firm


def _address(who: str) -> str:
    return f"{who}@joinery.example"


def _sign_in(firm: Firm, who: str) -> None:
    firm.keys[who] = f"Bearer {firm.system.command('token', _address(who))}"


def _accept_invitation(firm: Firm, who: str, name: str) -> None:
    """Follow the mailed link, which no mutation does, because nobody is signed in yet."""
    found = LINK.search(unescape(firm.system.mail_to(_address(who), "Ihre Einladung")))
    assert found
    form = {"name": name, "new": PASSWORD, "again": PASSWORD, "language": "de"}
    answer = firm.system.http.post(found[1], data=form)
    assert answer.status_code == httpx2.codes.SEE_OTHER, answer.text
    firm.system.http.cookies.clear()
