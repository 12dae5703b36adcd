"""Names of files: what clients send becomes harmless."""

import pytest

from domain.uploads.names import content_disposition, harmless_name


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\cmd.exe", "cmd.exe"),
        ("a\0b\r\nc.txt", "abc.txt"),
        ("invoice\u202egnp.exe", "invoicegnp.exe"),
        ("\u200bhidden\u2066.txt", "hidden.txt"),
        ("...", "file"),
        ("", "file"),
        ("   ", "file"),
        (".htaccess", "htaccess"),
        ("con.txt", "file-con.txt"),
        ("Entwurf (2) – größer.pdf", "Entwurf (2) – größer.pdf"),
        ('<img src="x">.html', "img src=x.html"),
    ],
)
def test_a_name_becomes_harmless(given: str, stored: str) -> None:
    assert harmless_name(given) == stored


def test_a_long_name_keeps_its_extension() -> None:
    name = harmless_name("ä" * 300 + ".pdf")

    assert len(name) == 150
    assert name.endswith("ä.pdf")


def test_a_name_in_a_header_breaks_out_of_nothing() -> None:
    header = content_disposition('a";x=\r\n.pdf')

    assert header == "attachment; filename=\"a__x___.pdf\"; filename*=UTF-8''a%22%3Bx%3D%0D%0A.pdf"
