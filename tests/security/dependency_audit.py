"""Looks for known vulnerabilities of the locked packages; a service that cannot be reached fails nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
# The lock names every package with its version and hashes, so that nothing is resolved or installed.
COMMAND = ("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "10")
LONGEST_SECONDS = 120.0


def main() -> int:
    """Print what was found; 1 when a package has a known vulnerability."""
    audited = audit(LOCK)
    if audited is None:
        print("dependency audit: the advisory service could not be reached, so nothing was audited")
        return 0
    found = [*vulnerabilities(audited)]
    unknown = sum("skip_reason" in each for each in audited)
    print(f"dependency audit: {len(audited) - unknown} packages audited, {unknown} unknown to the advisory service")
    for sentence in found:
        print(sentence)
    return 1 if found else 0


def audit(lock: Path) -> Sequence[Mapping[str, Any]] | None:
    """What the advisory service says about each package of a lock file; nothing without an answer."""
    command = (sys.executable, "-m", "pip_audit", "-r", str(lock), *COMMAND)
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS)
        answer: Mapping[str, Sequence[Mapping[str, Any]]] = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return answer["dependencies"]


def vulnerabilities(audited: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A sentence for each known vulnerability, with the versions that have it no longer."""
    for package in audited:
        for each in package.get("vulns", ()):
            mended = ", ".join(each["fix_versions"]) or "no version yet"
            yield f"{package['name']} {package['version']} has {each['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
