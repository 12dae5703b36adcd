"""`werkstand verify`: the history is checked, and compared with lines that were kept elsewhere."""

from collections.abc import Sequence
from pathlib import Path

from domain.verification.external_anchor import ExternalAnchor, current_anchor, rewritten_since
from domain.verification.findings import Report
from domain.verification.results import verify_now
from settings import Settings
from workers.commands.database import open_database, run
from workers.commands.processes import load_settings_with_database
from workers.errors import CommandError

UNCHECKED = "{n} files could not be checked, for the storage does not answer."


def print_anchor() -> None:
    """Print the line that says what the history is now."""
    settings = load_settings_with_database()
    print(run(lambda: current_anchor(settings.database_url)))


def verify(against: Path | None) -> None:
    """Verify the history and keep the result; what does not fit raises `CommandError`, one line for each broken row."""
    settings = load_settings_with_database()
    anchors = read_anchors(against) if against else []
    report, rewritten = run(lambda: _verify(settings, anchors))
    lines = [*map(str, report.findings), *rewritten]
    if lines:
        raise CommandError("\n".join([*lines, _summary(report, rewritten)]))
    if report.unchecked:
        raise CommandError(f"{UNCHECKED.format(n=report.unchecked)} Nothing else is missing or changed.")
    print("The history is intact.")


def read_anchors(file: Path) -> Sequence[ExternalAnchor]:
    """The lines of a file, empty ones left out. Raises `CommandError`."""
    try:
        return [ExternalAnchor.parse(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as unusable:
        raise CommandError(f"{file} cannot be used: {unusable}.") from None


async def _verify(settings: Settings, anchors: Sequence[ExternalAnchor]) -> tuple[Report, Sequence[str]]:
    async with open_database(settings):
        report = await verify_now(settings.database_url, settings.storage_url)
    return report, await rewritten_since(settings.database_url, anchors) if anchors else []


def _summary(report: Report, rewritten: Sequence[str]) -> str:
    if not report.broken:
        return f"The history was rewritten: {len(rewritten)} comparisons failed."
    unchecked = f" {UNCHECKED.format(n=report.unchecked)}" if report.unchecked else ""
    return f"The history was changed: {report.broken} rows are missing or do not fit their hashes.{unchecked}"
