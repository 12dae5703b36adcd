"""The program that draws one preview: from a file to a JPEG on standard output, within limits that it sets itself.

It imports nothing of ours, knows no secret, and is ended by its parent when it takes too long. Exit code 1 says that
the file shows nothing that can be drawn.
"""

import resource
import sys
import warnings

import pypdfium2
from PIL import Image, ImageOps

MAX_SIDE, QUALITY = 640, 82
MAX_MEMORY, MAX_CPU_SECONDS, MAX_OPEN_FILES, MAX_PIXELS = 1024**3, 20, 32, 120_000_000
PDF = "application/pdf"
IMAGE_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def set_limits() -> None:
    """Bound memory, time and files; no file of any size is written."""
    for limit, value in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def draw_page(path: str) -> Image.Image:
    """The first page of a PDF. Its forms and scripts are not even loaded."""
    page = pypdfium2.PdfDocument(path)[0]
    drawn: Image.Image = page.render(scale=MAX_SIDE / max(*page.get_size(), 1.0)).to_pil()
    return drawn


def draw_image(path: str) -> Image.Image:
    """An image as it is meant to be seen, upright."""
    image = Image.open(path, formats=IMAGE_FORMATS)
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    return ImageOps.exif_transpose(image)


def on_white(image: Image.Image) -> Image.Image:
    """The image without transparency."""
    layered = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")


def main(path: str, media_type: str) -> int:
    """Draw; the exit code."""
    set_limits()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        drawn = on_white(draw_page(path) if media_type == PDF else draw_image(path))
    except Exception as failure:
        print(repr(failure)[:500], file=sys.stderr)
        return 1
    drawn.thumbnail((MAX_SIDE, MAX_SIDE))
    drawn.save(sys.stdout.buffer, "JPEG", quality=QUALITY, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
