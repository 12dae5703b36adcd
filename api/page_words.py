"""Words that the domain defines and the pages show, handed to them once: outcomes of moves and names of inputs."""

from collections.abc import Iterator

from domain.kernel.i18n import catalogue, has_translation, translate
from domain.kernel.languages import LANGUAGES
from domain.registry import REGISTRY
from portal_views.words.catalogue import register
from schema.derivation.mutation_names import mutation_name
from schema.shared.camel_case import to_camel_case


def register_page_words() -> None:
    """Give the pages `done.<mutation>` for every move that has such a sentence, and `input.<name>` for every input."""
    for language in LANGUAGES:
        register(language, dict((*_outcomes(language), *_inputs(language))))


def _outcomes(language: str) -> Iterator[tuple[str, str]]:
    for event, (lifecycle, move) in REGISTRY.events.items():
        if has_translation(language, f"done.{event}"):
            yield f"done.{mutation_name(lifecycle, move)}", translate(language, f"done.{event}")


def _inputs(language: str) -> Iterator[tuple[str, str]]:
    for key, name in catalogue(language).items():
        kind, _, field = key.partition(".")
        if kind == "field" and "." not in field:
            yield f"input.{to_camel_case(field)}", name
