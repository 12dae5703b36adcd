"""Commands that report and export: the doctor and the generated files."""

import asyncio
import sys
from importlib import import_module
from pathlib import Path

from settings import ROOT
from workers.commands.processes import load_settings
from workers.errors import CommandError

GENERATORS = (
    "domain.lifecycle_docs",
    "domain.access_docs",
    "domain.database.installation.fresh_schema",
    "schema.sdl_export",
)
GENERATED_FILES = ("docs/lifecycles.md", "docs/access.md", "domain/migrations/schema.sql", "schema/sdl/*.graphql")


def run_doctor() -> None:
    """Print one line for each check; exit code 1 when something that is needed is missing."""
    from workers.commands.doctor import run_checks

    findings = asyncio.run(run_checks(load_settings()))
    for finding in findings:
        print(finding)
    if any(finding.is_required for finding in findings if not finding.is_ok):
        sys.exit(1)


def export_schema() -> None:
    """Write the SDL files of both schemas."""
    import_module("schema.sdl_export").write()


def check_generated() -> None:
    """Write every generated file again; a file that differs is restored and named, and the check fails."""
    before = _read_generated()
    for module in GENERATORS:
        import_module(module).write()
    after = _read_generated()
    stale = [path for path in sorted(before | after) if before.get(path) != after.get(path)]
    for path in stale:
        if path in before:
            path.write_bytes(before[path])
    if stale:
        names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
        raise CommandError(f"These generated files are stale: {names}. Run `make docs` and commit them.")


def _read_generated() -> dict[Path, bytes]:
    paths = [path for pattern in GENERATED_FILES for path in ROOT.glob(pattern)]
    return {path: path.read_bytes() for path in paths}
