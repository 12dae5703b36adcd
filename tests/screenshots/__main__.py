"""Starts a demo of its own and draws its main pages into a folder; with `--readme`, also the pictures of the README."""

import os
import secrets
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.screenshots.camera import Camera
from tests.support.running_system import running
from workers.commands.chromium import ARGUMENTS, MISSING_MESSAGE, find_chromium

FOLDER = Path("var/screenshots")
PASSWORD = "WERKSTAND_DEVELOPMENT_PASSWORD"


def main() -> int:
    """The exit code: 1 without a browser."""
    executable = find_chromium()
    if executable is None:
        print(MISSING_MESSAGE, file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    password = os.environ[PASSWORD] = secrets.token_urlsafe()
    with (
        tempfile.TemporaryDirectory(prefix="werkstand-screenshots-") as folder,
        running(Path(folder)) as system,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        camera = Camera(
            browser=browser,
            base=system.base,
            password=password,
            folder=FOLDER,
            draws_readme="--readme" in sys.argv,
        )
        count = len(list(camera.draw_all()))
        browser.close()
    print(f"{count} pictures in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
