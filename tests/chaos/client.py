"""A well-behaved client: one key for each mutation, which is sent again under it until there is an answer."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.chaos.ledger import Answer, Ledger, Trace

PATIENCE_SECONDS = 4.0
LONGEST_PAUSE_SECONDS = 2.0
# Answers that invite another attempt.
RETRYABLE_STATUS = frozenset({429, 500, 502, 503, 504})
DOCUMENT = """mutation ($input: {kind}!) {{ answer: {name}(input: $input) {{ {wanted}
    errors {{ __typename code reason }} replayed }} }}"""


class GivenUp(Exception):
    """There was no answer until the run was over."""


@dataclass(frozen=True)
class Mutation:
    """A mutation, where it is sent, and what is asked back."""

    name: str
    wanted: str
    path: str = "/graphql"

    @property
    def document(self) -> str:
        kind = f"{self.name[0].upper()}{self.name[1:]}Input"
        return DOCUMENT.format(kind=kind, name=self.name, wanted=self.wanted)


class Client:
    """A person's connection to the API; draws its keys and pauses from a seeded generator."""

    def __init__(self, base_url: str, token: str, ledger: Ledger, chance: random.Random) -> None:
        self._http = httpx2.AsyncClient(
            base_url=base_url, timeout=PATIENCE_SECONDS, headers={"Authorization": f"Bearer {token}"}
        )
        self._ledger, self._chance = ledger, chance
        self.has_to_end = False

    async def make(self, mutation: Mutation, trace: Trace, given: Mapping[str, Any], *, rows: int = 1) -> Any:
        """Make a move that leaves `rows` of this trace; returns its payload, nothing when refused. Raises `GivenUp`."""
        key = f"chaos-{self._chance.getrandbits(96):024x}"
        body = {"query": mutation.document, "variables": {"input": {**given, "idempotencyKey": key}}}
        try:
            payload = await self._until_answered(mutation.path, body)
        except GivenUp:
            self._ledger.record(trace, key, Answer.UNKNOWN, rows=rows)
            raise
        errors = payload["errors"]
        self._ledger.replayed += bool(payload["replayed"])
        self._ledger.refusals.update(f"{mutation.name}: {each['reason']}" for each in errors)
        self._ledger.record(trace, key, _answer_of(payload), rows=rows)
        return None if errors else payload

    async def close(self) -> None:
        await self._http.aclose()

    async def _until_answered(self, path: str, body: Mapping[str, Any]) -> Any:
        pause = 0.05
        while not self.has_to_end:
            if payload := await self._attempt(path, body):
                return payload
            await asyncio.sleep(pause * self._chance.uniform(0.5, 1.5))
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        raise GivenUp

    async def _attempt(self, path: str, body: Mapping[str, Any]) -> Any:
        """The payload of one attempt; nothing when the mutation has to be sent again."""
        try:
            answer = await self._http.post(path, json=body)
        except httpx2.TransportError as error:
            return self._retry(type(error).__name__)
        if answer.status_code in RETRYABLE_STATUS:
            return self._retry(f"status {answer.status_code}")
        found = answer.json()
        assert answer.status_code == httpx2.codes.OK, f"{answer.status_code}: {found}"
        if found.get("errors"):
            return self._retry(str(found["errors"][0].get("extensions", {}).get("code") or found["errors"][0]))
        payload = found["data"]["answer"]
        if any(each["code"] == "BUSY" for each in payload["errors"]):
            return self._retry("busy")
        return payload

    def _retry(self, why: str) -> None:
        self._ledger.retries[why] += 1


def _answer_of(payload: Any) -> Answer:
    return Answer.REFUSED if payload["errors"] else Answer.ACKNOWLEDGED
