"""Looks for secrets in every tracked file; what is none is named in `known_strings.json`, with its file and hash.

`python -m tests.security.secret_scan --accept` writes that file anew, after someone has looked at each finding.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[2]
KNOWN = Path(__file__).with_name("known_strings.json")
PROCESSES = 2
# Names of fields and words of pages are no secrets, so that keywords are not looked for.
PLUGINS = (
    "ArtifactoryDetector",
    "AWSKeyDetector",
    "AzureStorageKeyDetector",
    "Base64HighEntropyString",
    "BasicAuthDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "HexHighEntropyString",
    "JwtTokenDetector",
    "NpmDetector",
    "OpenAIDetector",
    "PrivateKeyDetector",
    "PypiTokenDetector",
    "SendGridDetector",
    "SlackDetector",
    "StripeDetector",
    "TwilioKeyDetector",
)
# Generated, vendored, or full of hashes by their nature.
SKIPPED_ENDINGS = (".graphql", KNOWN.name, ".lock", ".svg", ".woff2", "-lock.json", "requirements.txt")
SKIPPED_FOLDERS = ("portal_views/static/vendor/", "schema/sdl/released/")
LARGEST_BYTES = 200_000
# A secret is long and has a digit, or stands in an address, or says itself what it is.
CANDIDATE = re.compile(r"(?=[\w+/=.-]*\d)[\w+/=.-]{16,}|://|PRIVATE KEY")

Finding = tuple[str, str, str]


def main(arguments: Sequence[str]) -> int:
    """Print each string that looks like a secret and is not known; 1 when there is one."""
    found = scan(tracked_files())
    if "--accept" in arguments:
        KNOWN.write_text(json.dumps(sorted(found), indent=2) + "\n", encoding="utf-8")
        return 0
    known = {tuple(each) for each in json.loads(KNOWN.read_text(encoding="utf-8"))}
    unknown = {each: line for each, line in found.items() if each not in known}
    for (file, kind, _), line in sorted(unknown.items()):
        print(f"{file}:{line}: looks like a secret ({kind})")
    print(f"secret scan: {len(unknown)} found, {len(found) - len(unknown)} known strings")
    return 1 if unknown else 0


def scan(files: Sequence[str], root: Path = ROOT) -> dict[Finding, int]:
    """What looks like a secret: file, kind and hash, and the line where it stands."""
    with tempfile.TemporaryDirectory() as folder, transient_settings({"plugins_used": [{"name": n} for n in PLUGINS]}):
        numbers = {file: found for file in files if (found := _copy_candidates(root / file, Path(folder) / file))}
        secrets = SecretsCollection(root=folder)
        secrets.scan_files(*numbers, num_processors=PROCESSES)
    return {(file, each.type, each.secret_hash): numbers[file][each.line_number - 1] for file, each in secrets}


def _copy_candidates(source: Path, target: Path) -> list[int]:
    """Copy the lines that could hold a secret, which saves most of the time; return their numbers."""
    lines = source.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [(number, line) for number, line in enumerate(lines, start=1) if CANDIDATE.search(line)]
    if found:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(line for _, line in found) + "\n", encoding="utf-8")
    return [number for number, _ in found]


def tracked_files() -> list[str]:
    """Every file of the repository that people write."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [*_written(listed.split("\0"))]


def _written(names: Sequence[str]) -> Iterator[str]:
    for name in filter(None, names):
        path, is_skipped = ROOT / name, name.endswith(SKIPPED_ENDINGS) or name.startswith(SKIPPED_FOLDERS)
        if not is_skipped and path.is_file() and path.stat().st_size < LARGEST_BYTES:
            yield name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
