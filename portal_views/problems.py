"""What stands above a form that was refused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FormError:
    """A sentence; `field` is the identifier of the input it speaks of, `remedy` what helps."""

    message: str
    field_id: str = ""
    remedy: str = ""
