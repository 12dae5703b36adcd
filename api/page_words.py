"""Words that the domain defines and the pages show, handed to them once: outcomes of moves, names of inputs, help."""

from collections.abc import Iterator

from domain.kernel.i18n import catalogue, has_translation, translate
from domain.kernel.languages import LANGUAGES
from domain.registry import REGISTRY
from portal_views.words.catalogue import register
from schema.derivation.mutation_names import mutation_name
from schema.shared.camel_case import to_camel_case


def register_page_words() -> None:
    """Give the pages their words of the domain.

    They are `done.<mutation>` for every move that has such a sentence, `input.<name>` for every input, and
    `status_help.<kind>.<STATUS>` for every status that is explained.
    """
    for language in LANGUAGES:
        register(language, dict((*_outcomes(language), *_inputs(language), *_status_help(language))))


def _outcomes(language: str) -> Iterator[tuple[str, str]]:
    for event, (lifecycle, move) in REGISTRY.events.items():
        if has_translation(language, f"done.{event}"):
            yield f"done.{mutation_name(lifecycle, move)}", translate(language, f"done.{event}")


def _inputs(language: str) -> Iterator[tuple[str, str]]:
    for key, name in catalogue(language).items():
        kind, _, field = key.partition(".")
        if kind == "field" and "." not in field:
            yield f"input.{to_camel_case(field)}", name


def _status_help(language: str) -> Iterator[tuple[str, str]]:
    return ((key, text) for key, text in catalogue(language).items() if key.startswith("status_help."))
