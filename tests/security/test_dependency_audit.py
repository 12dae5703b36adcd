"""A known vulnerability is told with the version that mends it."""

from typing import Any

from tests.security.dependency_audit import vulnerabilities


def test_each_vulnerability_is_told_and_packages_without_are_not() -> None:
    audited: list[dict[str, Any]] = [
        {"name": "sound", "version": "1.0", "vulns": []},
        {"name": "unknown", "skip_reason": "not found"},
        {"name": "weak", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]},
    ]

    assert [*vulnerabilities(audited)] == ["weak 2.0 has PYSEC-1, mended in 2.1"]
