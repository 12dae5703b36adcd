"""The typesetter: Typst with the fonts of this folder alone, so that every machine sets the same page."""

import atexit
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from domain.billing.documents.pdf.conformance import as_factur_x
from domain.billing.documents.pdf.layout import Appearance, page_values

FOLDER = Path(__file__).parent
PAGE = "invoice.typ"
PDF_STANDARD: Final = "a-3b"
WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
REPLACEMENT = "?"


class Typesetter:
    """Sets documents one after the other. Files that pages show, as logos, are kept in a folder of its own."""

    def __init__(self) -> None:
        import typst  # Loaded here, because it costs memory that most processes never need.

        self._folder = root = Path(tempfile.mkdtemp(prefix="werkstand-documents-"))
        atexit.register(shutil.rmtree, root, ignore_errors=True)
        shutil.copyfile(FOLDER / PAGE, root / PAGE)
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])
        self._compiler = typst.Compiler(root / PAGE, root=root, font_paths=fonts)

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
        return as_factur_x(self._set(snapshot, page_values(snapshot, appearance, xml=xml.decode(), is_draft=False)))

    def draft(self, snapshot: Mapping[str, Any], appearance: Appearance) -> bytes:
        """The PDF of a draft: with a watermark, without payment code and electronic invoice."""
        return self._set(snapshot, page_values(snapshot, appearance, xml=None, is_draft=True))

    def _set(self, snapshot: Mapping[str, Any], values: dict[str, Any]) -> bytes:
        """Set the page; a character that no font has becomes a question mark, as PDF/A wants.

        The electronic invoice inside keeps it.
        """
        xml = values["xml"]
        texts = json.dumps(values | {"xml": None}, ensure_ascii=False)
        while True:
            try:
                return self._compile(snapshot, json.dumps(json.loads(texts) | {"xml": xml}))
            except RuntimeError as error:
                missing = WITHOUT_GLYPH.search(str(error))
                if missing is None or missing.group(1) not in texts:
                    raise
                texts = texts.replace(missing.group(1), REPLACEMENT)

    def _compile(self, snapshot: Mapping[str, Any], inputs: str) -> bytes:
        issued_on = datetime.fromisoformat(snapshot["issued_on"]).date()
        pdf = self._compiler.compile(
            sys_inputs={"data": inputs},
            format="pdf",
            pdf_standards=PDF_STANDARD,
            timestamp=datetime.combine(issued_on, time(12), UTC),
        )
        assert isinstance(pdf, bytes)
        return pdf
