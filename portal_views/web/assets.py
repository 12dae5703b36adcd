"""Static files, served with their hash in the address, so that browsers may cache them for a year."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

FOLDER = Path(__file__).parent.parent / "static"
ONE_YEAR_SECONDS = 31_536_000


@cache
def asset_url(name: str) -> str:
    """The address of a file below `static`; it changes with the content of the file."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


class StaticAssets(StaticFiles):
    """Serves the folder `static` with long-lived cache headers."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR_SECONDS}, immutable"
        return response
