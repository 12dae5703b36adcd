"""The error of a wrong declaration."""


class InvalidDeclaration(TypeError):
    """A field's declaration contradicts its type or its source; raised when the schema is built."""
