"""Commands that look and report: the doctor and the exported schemas."""

import asyncio
import sys
from importlib import import_module

from workers.commands.processes import readable


def doctor() -> None:
    """Print one line for each check; exit code 1 when something that is needed is missing."""
    from workers.running.doctor import examine

    findings = asyncio.run(examine(readable()))
    for finding in findings:
        print(finding)
    if any(finding.is_needed for finding in findings if not finding.is_well):
        sys.exit(1)


def export_schema() -> None:
    """Write the SDL files of both schemas."""
    import_module("schema.export").write()
