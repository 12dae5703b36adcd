"""Validation of electronic invoices by the official rules: XML schema first, then Schematron.

A `Validator` compiles the rules at their first use and keeps them; it needs some hundred megabytes and blocks its
thread, so that only the processes that render documents have one. It is to be used by one thread alone.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from domain.billing.e_invoices.findings import Finding
from domain.billing.e_invoices.profiles import Profile
from domain.billing.e_invoices.rules import rules_of

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
SCHEMA_RULE = "XSD"
HARMLESS = frozenset({"warning", "information"})
SAFE_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class Validator:
    """The compiled rules of the profiles that were used."""

    def __init__(self) -> None:
        from saxonche import PySaxonProcessor  # Loaded here, because it costs memory that most processes never need.

        self._saxon = PySaxonProcessor(license=False)
        self._compiled: dict[Path, Any] = {}

    def check(self, xml: bytes, profile: Profile) -> tuple[Finding, ...]:
        """All findings; those of the schema alone where the document does not even follow that."""
        rules = rules_of(profile, xml)
        violations = tuple(_schema_violations(xml, rules.schema))
        if violations:
            return violations
        node = self._saxon.parse_xml(xml_text=xml.decode())
        return tuple(finding for path in rules.stylesheets for finding in self._run(path, node))

    def _run(self, stylesheet: Path, node: Any) -> Iterator[Finding]:
        report = self._executable(stylesheet).transform_to_string(xdm_node=node)
        for assertion in etree.fromstring(report.encode(), SAFE_PARSER).iter(f"{SVRL}failed-assert"):
            yield Finding(
                rule=assertion.get("id", ""),
                location=assertion.get("location", ""),
                text=" ".join("".join(assertion.itertext()).split()),
                is_fatal=(assertion.get("flag") or assertion.get("role")) not in HARMLESS,
            )

    def _executable(self, stylesheet: Path) -> Any:
        if stylesheet not in self._compiled:
            compiler = self._saxon.new_xslt30_processor()
            self._compiled[stylesheet] = compiler.compile_stylesheet(stylesheet_file=str(stylesheet))
        return self._compiled[stylesheet]


def _schema_violations(xml: bytes, schema: Path) -> Iterator[Finding]:
    compiled = _schema(schema)
    if compiled.validate(etree.fromstring(xml, SAFE_PARSER)):
        return
    for error in compiled.error_log:
        yield Finding(rule=SCHEMA_RULE, location=error.path or f"line {error.line}", text=error.message)


@cache
def _schema(path: Path) -> Any:
    return etree.XMLSchema(file=str(path))
