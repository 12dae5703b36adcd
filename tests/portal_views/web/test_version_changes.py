"""What changed from one version of a delivery to the next."""

from typing import Any

from portal_views.web.version_changes import FileChange, version_changes


def a_file(name: str, sha256: str) -> dict[str, str]:
    return {"name": name, "sha256": sha256}


def a_version(number: int, description: str, *files: dict[str, str], link: str | None = None) -> dict[str, Any]:
    return {"number": number, "description": description, "link": link, "files": list(files)}


def test_words_link_and_files_are_compared_with_the_version_before() -> None:
    first = a_version(1, "The blue logo", a_file("a", "1"), a_file("b", "2"), a_file("c", "3"), a_file("d", "4"))
    second = a_version(2, "The red logo", a_file("a", "1"), a_file("b", "9"), a_file("e", "3"), a_file("f", "5"))

    found = version_changes([second, first], 2)

    assert found is not None
    assert [each.text for each in found.before if each.is_changed] == ["blue"]
    assert [each.text for each in found.after if each.is_changed] == ["red"]
    assert [(each.change, (each.after or each.before or {})["name"]) for each in found.files] == [
        (FileChange.SAME, "a"),
        (FileChange.RENAMED, "e"),
        (FileChange.REPLACED, "b"),
        (FileChange.ADDED, "f"),
        (FileChange.REMOVED, "d"),
    ]
    assert not found.link_changed


def test_the_first_version_is_compared_with_none() -> None:
    assert version_changes([a_version(1, "Alone")], 1) is None


def test_a_long_description_is_compared_by_its_lines() -> None:
    long = "word " * 5_000
    found = version_changes([a_version(1, f"one\n{long}"), a_version(2, f"two\n{long}")], 2)

    assert found is not None
    assert [each.text for each in found.after if each.is_changed] == ["two\n"]
