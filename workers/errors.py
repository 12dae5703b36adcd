"""The error of every command that cannot start."""


class CommandError(Exception):
    """The command cannot start; the message is one sentence that names the remedy."""
