"""What the moves and commands of a delivery take."""

from dataclasses import dataclass
from datetime import datetime

from domain.engine.inputs import input_field


@dataclass(frozen=True, kw_only=True)
class DeliveryDraft:
    """The member's next version, as a whole; the customer sees nothing of it before it is submitted."""

    description: str = input_field("What is delivered.", default="")
    link: str | None = input_field("Where the work can be seen (http or https).", default=None, longest=2000)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Whether the description is all there is to deliver."""

    confirm_no_file: bool = input_field("There is no file and no link, the description is everything.", default=False)


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """Which version the customer accepts, and how content they are."""

    version_number: int = input_field("The number of the version that was seen.", least=1)
    rating: int | None = input_field("From 1 (poor) to 5 (excellent).", default=None, least=1, most=5)


@dataclass(frozen=True, kw_only=True)
class RevisionRequest:
    """What has to be put right."""

    defects: tuple[str, ...] = input_field("What is wrong, one entry for each defect.", shortest=1, longest=50)


@dataclass(frozen=True, kw_only=True)
class ReviewExtension:
    """How long the customer wants to look at the delivery."""

    until: datetime = input_field("The new end of the review.")
