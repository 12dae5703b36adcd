"""The strength of new passwords against guesses: common ones, words, dates, keys in a row, own names."""

import re
from collections.abc import Iterable

# Of longer passwords the beginning alone must be strong enough; judging all of it would take long.
JUDGED_LENGTH = 40
# "Safely unguessable": more than 10^8 guesses (zxcvbn's scale from 0 to 4).
LOWEST_SCORE = 3
SHORTEST_WORD = 3
# So many characters must be left of a password without the known words in it.
LEAST_REST = 6


def is_guessable(password: str, known: Iterable[str]) -> bool:
    """Whether few guesses find the password, by those who know these names and addresses."""
    # Reads its lists of words for a fifth of a second, and only few processes set passwords.
    from zxcvbn import zxcvbn

    words = sorted(_words(known), key=len, reverse=True)
    if _consists_of(password.lower(), words):
        return True
    return bool(zxcvbn(password[:JUDGED_LENGTH], user_inputs=words)["score"] < LOWEST_SCORE)


def _consists_of(password: str, words: Iterable[str]) -> bool:
    """Whether little but these words makes up the password."""
    rest = password
    for word in words:
        rest = rest.replace(word, "")
    return rest != password and len(rest) < LEAST_REST


def _words(known: Iterable[str]) -> set[str]:
    """The texts, and the words in them."""
    words = {word for text in known for word in (text, *re.split(r"\W+", text))}
    return {word.lower() for word in words if len(word) >= SHORTEST_WORD}
