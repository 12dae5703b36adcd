"""Starts a system of its own in a temporary folder and tries every client; 1 when one does not work as expected."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.clients import another_port, guide, programs
from tests.clients.audits import audit_results
from tests.clients.installation import missing_packages
from tests.clients.results import Result, report
from tests.support.running_system import RunningSystem, a_free_port, running

EMAIL = "staff@werkstand.example"


def main() -> int:
    """Print the table; the exit code."""
    if problem := missing_packages():
        print(f"The tests of clients are skipped: {problem}.", file=sys.stderr)
        return 0
    origin = f"http://127.0.0.1:{a_free_port()}"
    with tempfile.TemporaryDirectory(prefix="werkstand-clients-") as folder, running(Path(folder)) as system:
        results = list(everything(system, system.command("token", EMAIL), origin))
    return 0 if report(results) else 1


def everything(system: RunningSystem, token: str, origin: str) -> Iterator[Result]:
    """All results, in the order of the table."""
    environment = {"WERKSTAND_URL": system.base, "WERKSTAND_TOKEN": token}
    programs.prepare_relay()
    yield from programs.clients_in_node(environment)
    yield from another_port.clients_in_a_page(system, token, origin)
    yield from programs.clients_in_python(environment)
    yield from programs.tools(environment)
    yield from guide.guide_programs(environment)
    yield from audit_results(programs.http_audits(environment))


if __name__ == "__main__":
    sys.exit(main())
