"""Find a Chromium for browser tests, fetch one where that is possible, or say plainly what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The shell has no window and no interface of its own: the tests of pages take a fifth less time with it.
EXECUTABLES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
PACKAGES = ("chromium-headless-shell", "chromium")
APT_INSTALL = ("apt-get", "install", "-qy", "--no-install-recommends")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NPM_FOLDER = Path(__file__).resolve().parents[2] / "tests" / "browser"
NODE_SCRIPT = "import c from '@sparticuz/chromium'; console.log(await c.executablePath())"
MISSING_MESSAGE = (
    "Browser tests are skipped, there is no Chromium: install it (as root: apt-get install chromium), "
    "or install Node.js, or name one in WERKSTAND_CHROMIUM."
)
FETCH_TIMEOUT_SECONDS = 300


def find_chromium() -> str | None:
    """The browser of the setting, the system, or the npm package, in this order."""
    if named := os.environ.get("WERKSTAND_CHROMIUM"):
        return named
    installed = (shutil.which(name) for name in EXECUTABLES)
    return next((path for path in installed if path), None) or _from_npm()


def _from_npm() -> str | None:
    """The binary inside the npm package, which unpacks itself when asked for its path."""
    if not (NPM_FOLDER / "node_modules/@sparticuz/chromium").exists() or not shutil.which("node"):
        return None
    command = ["node", "--input-type=module", "-e", NODE_SCRIPT]
    asked = subprocess.run(command, cwd=NPM_FOLDER, capture_output=True, text=True)
    path = (asked.stdout.strip().splitlines() or [""])[-1]
    return path if asked.returncode == 0 and _starts(path) else None


def _starts(path: str) -> bool:
    """The package brings a browser but not the libraries of the system that it needs."""
    return subprocess.run([path, "--version"], capture_output=True).returncode == 0


def install_chromium() -> None:
    """Install one: by apt as root, else from the npm package; that none could be fetched is said later."""
    if _install_package():
        return
    if shutil.which("npm"):
        _all_succeed([["npm", "ci", "--no-audit", "--no-fund"]])


def _install_package() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    _all_succeed([["apt-get", "update", "-q"]])
    return any(_all_succeed([[*APT_INSTALL, package]]) for package in PACKAGES)


def _all_succeed(commands: list[list[str]]) -> bool:
    try:
        return bool(commands) and all(
            subprocess.run(
                command,
                cwd=NPM_FOLDER,
                capture_output=True,
                timeout=FETCH_TIMEOUT_SECONDS,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            ).returncode
            == 0
            for command in commands
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> None:
    """Make sure that there is a browser for the tests, or print why they are skipped."""
    if find_chromium() is None:
        print("Fetching Chromium for the browser tests (once) ...", flush=True)
        install_chromium()
    if find_chromium() is None:
        print(MISSING_MESSAGE, file=sys.stderr)


if __name__ == "__main__":
    main()
