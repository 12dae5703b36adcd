"""Drawing a preview in a process of its own, which dies with its file and never with us."""

import asyncio
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from pathlib import Path

PROGRAM = Path(__file__).with_name("renderer.py")
PATIENCE_SECONDS = 60.0
MAX_PREVIEW_BYTES = 2_000_000


class Undrawable(Exception):
    """A file shows nothing that can be drawn, or not within the limits."""


async def draw(content: AsyncIterator[bytes], media_type: str) -> bytes:
    """The preview of a file as a JPEG. Raises `Undrawable`, and what reading raises."""
    with tempfile.NamedTemporaryFile(prefix="preview-") as file:
        async for piece in content:
            await asyncio.to_thread(file.write, piece)
        await asyncio.to_thread(file.flush)
        return await _run(file.name, media_type)


async def _run(path: str, media_type: str) -> bytes:
    """Without our environment, so that the program knows no secret and finds no module of ours."""
    command = (sys.executable, "-I", str(PROGRAM), path, media_type)
    program = await asyncio.create_subprocess_exec(*command, env={}, cwd="/", stdin=DEVNULL, stdout=PIPE, stderr=PIPE)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            image, said = await program.communicate()
    except TimeoutError:
        raise Undrawable(f"not drawn within {PATIENCE_SECONDS:.0f} seconds") from None
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()
    if program.returncode or not 0 < len(image) <= MAX_PREVIEW_BYTES:
        raise Undrawable(f"{program.returncode}: {said.decode(errors='replace')[-500:]}")
    return image
