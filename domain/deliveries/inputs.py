"""Inputs of the moves and commands of a delivery."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.engine.inputs import input_field


@dataclass(frozen=True, kw_only=True)
class DeliveryDraft:
    """The member's next version, as a whole; invisible to the customer until it is submitted."""

    description: str = input_field("What is delivered.", default="")
    link: str | None = input_field("Where the work can be seen (http or https).", default=None, longest=2000)
    file_ids: tuple[UUID, ...] | None = input_field(
        "Uploaded files, all of them and in their order; null leaves those of the draft as they are.",
        id_prefix="fil",
        default=None,
        longest=100,
    )


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Whether the description alone is the delivery; its files and its link are those of the draft."""

    confirm_no_file: bool = input_field("There is no file and no link, the description is everything.", default=False)


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """The version that the customer accepts, and a rating."""

    version_number: int = input_field("The number of the version that was seen.", least=1)
    rating: int | None = input_field("From 1 (poor) to 5 (excellent).", default=None, least=1, most=5)


@dataclass(frozen=True, kw_only=True)
class Rating:
    """The rating of a delivery that is accepted already."""

    rating: int = input_field("From 1 (poor) to 5 (excellent).", least=1, most=5)


@dataclass(frozen=True, kw_only=True)
class RevisionRequest:
    """The defects to correct."""

    defects: tuple[str, ...] = input_field("What is wrong, one entry for each defect.", shortest=1, longest=50)


@dataclass(frozen=True, kw_only=True)
class ReviewExtension:
    """The new end of the customer's review."""

    until: datetime = input_field("The new end of the review.")
