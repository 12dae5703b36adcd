"""The one way in which starting is refused: a sentence a person can act on."""


class CommandError(Exception):
    """Starting is not possible; the message is one sentence that names what to do about it."""
