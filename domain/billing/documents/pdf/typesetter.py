"""The typesetter: Typst with the fonts of this folder alone, so that every machine sets the same page."""

import atexit
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from domain.billing.documents.pdf.conformance import as_factur_x
from domain.billing.documents.pdf.layout import Appearance, page_values

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent
INVOICE_PAGE, LETTER = FOLDER / "invoice.typ", FOLDER / "letter.typ"
PDF_STANDARD: Final = "a-3b"
WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
REPLACEMENT = "?"


class Typesetter:
    """Sets documents one after the other. Files that pages show, as logos, are kept in a folder of its own."""

    def __init__(self) -> None:
        import typst  # Loaded here, because it costs memory that most processes never need.

        self._folder = root = Path(tempfile.mkdtemp(prefix="werkstand-documents-"))
        atexit.register(shutil.rmtree, root, ignore_errors=True)
        shutil.copyfile(LETTER, root / LETTER.name)
        self._fonts = typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])
        self._new_compiler = typst.Compiler
        self._compilers: dict[Path, typst.Compiler] = {}

    def keep_logo(self, png: bytes | None) -> str | None:
        """The name under which pages show this logo."""
        if not png:
            return None
        path = self._folder / f"{sha256(png).hexdigest()}.png"
        if not path.exists():
            path.write_bytes(png)
        return path.name

    def issued(self, snapshot: Mapping[str, Any], appearance: Appearance, xml: bytes) -> bytes:
        """The PDF/A-3b of an issued document, with its electronic invoice inside."""
        values = page_values(snapshot, appearance, xml=xml.decode(), is_draft=False)
        return as_factur_x(self.page(INVOICE_PAGE, values, _issued_on(snapshot)))

    def draft(self, snapshot: Mapping[str, Any], appearance: Appearance) -> bytes:
        """The PDF of a draft: with a watermark, without payment code and electronic invoice."""
        return self.page(INVOICE_PAGE, page_values(snapshot, appearance, xml=None, is_draft=True), _issued_on(snapshot))

    def page(self, page: Path, values: Mapping[str, Any], on: date) -> bytes:
        """The PDF/A-3b of a page with these values, dated `on`.

        A character that no font has becomes a question mark, as PDF/A wants; an electronic invoice inside keeps it.
        """
        xml = values.get("xml")
        texts = json.dumps({**values, "xml": None}, ensure_ascii=False)
        while True:
            try:
                return self._compile(page, json.dumps(json.loads(texts) | {"xml": xml}), on)
            except RuntimeError as error:
                missing = WITHOUT_GLYPH.search(str(error))
                if missing is None or missing.group(1) not in texts:
                    raise
                texts = texts.replace(missing.group(1), REPLACEMENT)

    def _compile(self, page: Path, inputs: str, on: date) -> bytes:
        pdf = self._compiler(page).compile(
            sys_inputs={"data": inputs},
            format="pdf",
            pdf_standards=PDF_STANDARD,
            timestamp=datetime.combine(on, time(12), UTC),
        )
        assert isinstance(pdf, bytes)
        return pdf

    def _compiler(self, page: Path) -> "typst.Compiler":
        """The compiler of a page, which is copied beside the letter that all pages import."""
        if page not in self._compilers:
            shutil.copyfile(page, self._folder / page.name)
            place = self._folder / page.name
            self._compilers[page] = self._new_compiler(place, root=self._folder, font_paths=self._fonts)
        return self._compilers[page]


def _issued_on(snapshot: Mapping[str, Any]) -> date:
    return datetime.fromisoformat(snapshot["issued_on"]).date()
