"""The PDF of a document: what it carries, and what it shows."""

import base64
import io
import warnings
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from domain.billing.documents.files import Branding, DocumentKind
from domain.billing.documents.pdf.layout import Appearance, page_values
from domain.billing.documents.rendering import Renderer, xml_of
from domain.billing.e_invoices.profiles import Profile
from domain.kernel.money import VatCategory
from tests.makers.snapshots import a_reversal, a_snapshot, an_item

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
MANY = [an_item(1_000 * number, text=f"Leistung {number} mit einer längeren Beschreibung") for number in range(1, 146)]


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer()


def the_pdf(renderer: Renderer, snapshot: dict[str, Any], branding: Branding | None = None) -> bytes:
    return next(
        each.content for each in renderer.render(snapshot, branding or Branding()) if each.kind is DocumentKind.PDF
    )


def the_text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_pdf_carries_its_electronic_invoice_as_factur_x_wants(renderer: Renderer) -> None:
    snapshot = a_snapshot()

    with pikepdf.open(io.BytesIO(the_pdf(renderer, snapshot))) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        attached = pdf.attachments["factur-x.xml"].get_file().read_bytes()
        (file,) = pdf.Root.AF

    assert attached == xml_of(snapshot, Profile.FACTUR_X)
    assert file.AFRelationship == pikepdf.Name.Alternative
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata


def test_the_library_of_factur_x_reads_it_back(renderer: Renderer) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import facturx

        name, xml = facturx.get_facturx_xml_from_pdf(the_pdf(renderer, a_snapshot()))

    assert name == "factur-x.xml"
    assert facturx.get_level(facturx.facturx.etree.fromstring(xml)) == "en16931"


def test_the_same_snapshot_makes_the_same_bytes(renderer: Renderer) -> None:
    assert the_pdf(renderer, a_snapshot()) == the_pdf(renderer, a_snapshot())


@pytest.mark.parametrize(
    ("language", "title", "cancellation", "total"),
    [
        ("de", "Rechnung RE-2026-00042", "Stornorechnung ST-2026-00007", "535,50 €"),
        ("en", "Invoice RE-2026-00042", "Cancellation invoice ST-2026-00007", "€535.50"),
    ],
)
def test_it_speaks_the_language_of_its_customer(
    renderer: Renderer, language: str, title: str, cancellation: str, total: str
) -> None:
    snapshot = a_snapshot(buyer={"language": language})

    text, reversed_text = (the_text(the_pdf(renderer, each)) for each in (snapshot, a_reversal(snapshot)))

    assert title in text
    assert total in text.replace("\xa0", " ")
    assert cancellation in reversed_text
    assert "RE-2026-00042" in reversed_text


def test_a_long_invoice_carries_its_sum_from_page_to_page(renderer: Renderer) -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(the_pdf(renderer, a_snapshot(*MANY)))).pages]

    assert "Seite 1 von 5" in pages[0]
    assert [page.count("Übertrag") for page in pages[:3]] == [1, 2, 2]
    assert "Übertrag" not in pages[-1].partition("Nettobetrag")[2]


def test_an_xrechnung_comes_beside_the_pdf(renderer: Renderer) -> None:
    files = renderer.render(a_snapshot(buyer={"document_format": "XRECHNUNG_UBL"}), Branding())

    assert [each.kind for each in files] == [DocumentKind.PDF, DocumentKind.XRECHNUNG]
    assert b"CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de" in files[1].content


def test_what_a_rule_refuses_is_not_rendered(renderer: Renderer) -> None:
    snapshot = a_snapshot(buyer={"document_format": "XRECHNUNG_CII", "buyer_reference": ""})

    assert [finding.rule for finding in renderer.check(snapshot)] == ["BR-DE-15"]


def test_a_draft_has_a_watermark_and_no_electronic_invoice(renderer: Renderer) -> None:
    pdf = renderer.draft(a_snapshot(), Branding(accent_color="#b4234a", logo=PIXEL))

    assert "Entwurf" in the_text(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.attachments


def test_the_logo_stands_on_the_page(renderer: Renderer) -> None:
    pdf = the_pdf(renderer, a_snapshot(), Branding(logo=PIXEL))

    assert len(PdfReader(io.BytesIO(pdf)).pages[0].images) == 1
    assert base64.b64decode(PIXEL).startswith(b"\x89PNG")


def test_letters_of_other_scripts_do_not_stop_it(renderer: Renderer) -> None:
    pdf = the_pdf(renderer, a_snapshot(an_item(text="株式会社 Łódź 😀")))

    assert "Łódź" in the_text(pdf)


def test_only_a_transfer_in_euros_has_a_payment_code() -> None:
    def code_of(snapshot: dict[str, Any]) -> str | None:
        code: str | None = page_values(snapshot, Appearance(), xml=None, is_draft=False)["code"]
        return code

    assert code_of(a_snapshot()) is not None
    assert code_of(a_snapshot(currency="CHF")) is None
    assert code_of(a_reversal(a_snapshot())) is None
    assert code_of(a_snapshot(seller={"iban": ""})) is None


def test_prices_have_parts_of_a_cent_and_rates_three_decimals(renderer: Renderer) -> None:
    snapshot = a_snapshot(an_item("1.25", "24310.7525", rate="19.125"), buyer={"language": "en"})

    text = the_text(the_pdf(renderer, snapshot))

    assert "€0.0125" in text
    assert "24,310.7525" in text
    assert "19.125% VAT on €303.88" in text


def test_an_item_names_its_period_where_it_is_another_than_the_documents(renderer: Renderer) -> None:
    later = an_item(text="Nachtrag") | {"service_from": "2026-11-23"} | {"service_to": "2026-11-24"}

    alone, together = (the_text(the_pdf(renderer, a_snapshot(*items))) for items in ([later], [an_item(), later]))

    assert alone.count("23.11.2026 – 24.11.2026") == 1
    assert [together.count(each) for each in ("02.11.2026 – 24.11.2026", "23.11.2026 – 24.11.2026")] == [1, 1]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "Umsatzsteuer in Euro: 78,86 € (1 EUR = 1,0842 USD)"), ("en", "VAT in euros: €78.86 (1 EUR = 1.0842 USD)")],
)
def test_the_page_states_the_tax_in_euros(renderer: Renderer, language: str, sentence: str) -> None:
    snapshot = a_snapshot(buyer={"language": language}, currency="USD", exchange_rate="1.0842", vat_euro_cents=7886)

    assert sentence in the_text(the_pdf(renderer, snapshot)).replace("\xa0", " ")


def test_the_page_says_why_there_is_no_tax(renderer: Renderer) -> None:
    snapshot = a_snapshot(an_item(category=VatCategory.REVERSE_CHARGE))

    assert "Steuerschuldnerschaft des Leistungsempfängers" in the_text(the_pdf(renderer, snapshot))
