"""Sentences that pages show after a mutation, registered from the words of its move."""

from domain.kernel.i18n import has_translation, translate
from domain.kernel.languages import LANGUAGES
from domain.registry import REGISTRY
from portal_views.words.catalogue import register
from schema.derivation.mutation_names import mutation_name


def register_outcome_messages() -> None:
    """Give the pages `done.<mutation>` for every move that has such a sentence."""
    for language in LANGUAGES:
        register(
            language,
            {
                f"done.{mutation_name(lifecycle, move)}": translate(language, f"done.{event}")
                for event, (lifecycle, move) in REGISTRY.events.items()
                if has_translation(language, f"done.{event}")
            },
        )
