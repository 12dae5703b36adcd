"""Inputs of the moves of uploaded files."""

from dataclasses import dataclass
from uuid import UUID

from domain.engine.inputs import input_field
from domain.uploads.model import VirusCheck


@dataclass(frozen=True, kw_only=True)
class NewUpload:
    """What is to be uploaded."""

    name: str = input_field("The name of the file, without a folder.", longest=4000)
    size: float = input_field("How many bytes it has, a whole number.")
    order_id: UUID | None = input_field("The order that it is for, if it is known.", id_prefix="ord", default=None)


@dataclass(frozen=True, kw_only=True)
class StoredContent:
    """What the bytes of a file show, once they are one object."""

    sha256: str = input_field("The SHA-256 of its bytes, in hexadecimal.", shortest=64, longest=64)
    media_type: str = input_field("Its media type, by its bytes.", shortest=3, longest=100)


@dataclass(frozen=True, kw_only=True)
class PassedCheck:
    """What the check for viruses has found in a file that may be used."""

    finding: VirusCheck | None = input_field(
        "Whether it is clean or too large to be checked; empty where it was not to be checked.", default=None
    )


@dataclass(frozen=True, kw_only=True)
class FoundVirus:
    """What the check for viruses has found in a file that may not be used."""

    virus_name: str = input_field("The virus, as the scanner calls it.", shortest=1, longest=200)
