"""The work on checks for viruses: each file is claimed for a while, and its bytes go through the scanner.

Any number of processes may work. A file whose check fails waits and is tried again; until then it cannot be attached,
and its owner alone sees it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import structlog
from tortoise import connections

from domain.engine.commands import Command
from domain.engine.commands import execute as execute_command
from domain.engine.registry import Registry
from domain.files.object_store import ObjectStore
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Refused
from domain.uploads.inputs import FoundVirus, PassedCheck
from domain.uploads.keys import file_key
from domain.uploads.model import VirusCheck
from domain.uploads.virus_checks.clamd import Clamd, ScannerUnavailable, Verdict

CLAIM_SECONDS, RENEW_SECONDS = 60, 15.0
MAX_ERROR_LENGTH, MAX_NAME_LENGTH = 2_000, 200
CLAIMED = f"clock_timestamp() + interval '{CLAIM_SECONDS} seconds'"
CLAIM = f"""UPDATE files SET attempts = attempts + 1, next_attempt_at = {CLAIMED}
    WHERE id = (SELECT id FROM files WHERE state = 'CHECKING' AND next_attempt_at <= clock_timestamp()
        AND size BETWEEN $1 AND $2 ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id"""
RENEW = f"UPDATE files SET next_attempt_at = {CLAIMED} WHERE id = $1 AND state = 'CHECKING'"
POSTPONE = """UPDATE files SET last_error = $2, next_attempt_at = clock_timestamp()
        + least(interval '2 seconds' * power(2, least(attempts, 20)), interval '1 minute')
    WHERE id = $1 AND state = 'CHECKING'"""

log = structlog.get_logger()


async def check_waiting(registry: Registry, store: ObjectStore, scanner: Clamd | None, least: int, most: int) -> int:
    """Check what waits and has `least` to `most` bytes, the longest waiting first; return how many files were checked.

    Without a scanner, because the setting was taken away meanwhile, files pass unchecked.
    """
    done = 0
    while rows := await connections.get("default").execute_query_dict(CLAIM, [least, most]):
        done += await _check_or_put_off(registry, store, scanner, rows[0]["id"])
    return done


async def _check_or_put_off(registry: Registry, store: ObjectStore, scanner: Clamd | None, file_id: UUID) -> bool:
    try:
        async with _claim_kept(file_id):
            verdict = await scanner.check(await store.open_stream(file_key(file_id))) if scanner else None
        await execute_command(registry, _conclusion(file_id, verdict), CLOCK)
    except Refused:
        log.info("a file was removed or checked elsewhere", file=str(file_id))
        return False
    except Exception as failure:
        if isinstance(failure, ScannerUnavailable):
            log.warning("the scanner for viruses does not answer", file=str(file_id), why=str(failure))
        else:
            log.exception("a file could not be checked for viruses", file=str(file_id))
        values = [file_id, repr(failure)[:MAX_ERROR_LENGTH]]
        await connections.get("default").execute_query(POSTPONE, values)
        return False
    return True


def _conclusion(file_id: UUID, verdict: Verdict | None) -> Command:
    if verdict and verdict.virus:
        found = FoundVirus(virus_name=verdict.virus[:MAX_NAME_LENGTH])
        return Command(noun="upload", move="quarantine", subject_id=file_id, input=found)
    return Command(noun="upload", move="passCheck", subject_id=file_id, input=PassedCheck(finding=_finding(verdict)))


def _finding(verdict: Verdict | None) -> VirusCheck | None:
    if verdict is None:
        return None
    return VirusCheck.TOO_LARGE if verdict.is_too_large else VirusCheck.CLEAN


@asynccontextmanager
async def _claim_kept(file_id: UUID) -> AsyncIterator[None]:
    """Hold the claim for as long as the scanner works."""
    renewing = asyncio.create_task(_renew(file_id))
    try:
        yield
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing


async def _renew(file_id: UUID) -> None:
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        await connections.get("default").execute_query(RENEW, [file_id])
