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
class PlacedDefect:
    """One defect, and where it is."""

    text: str = input_field("What is wrong.", longest=4000)
    file_id: UUID | None = input_field("The file of this version it is in.", id_prefix="fil", default=None)
    page: int | None = input_field("The page, from 1.", default=None, least=1, most=100_000)


@dataclass(frozen=True, kw_only=True)
class RevisionRequest:
    """The defects to correct, at least one."""

    defects: tuple[str, ...] = input_field("What is wrong, one entry for each defect.", default=(), longest=50)
    placed_defects: tuple[PlacedDefect, ...] = input_field(
        "What is wrong at a file or page, one entry for each defect.", default=(), longest=50
    )


@dataclass(frozen=True, kw_only=True)
class DefectAnswer:
    """What the member has done about one defect: corrected it, or an answer, or both."""

    number: int = input_field("The number of the defect in its version, from 1.", least=1, most=100)
    corrected: bool = input_field("Whether the next version has it corrected.", default=False)
    answer: str | None = input_field("A sentence to the customer about it.", default=None, longest=2000)


@dataclass(frozen=True, kw_only=True)
class DefectAnswers:
    """The checklist before the next version; defects that it leaves out stay as they are."""

    answers: tuple[DefectAnswer, ...] = input_field("What became of each defect.", shortest=1, longest=100)


@dataclass(frozen=True, kw_only=True)
class ReviewExtension:
    """The new end of the customer's review."""

    until: datetime = input_field("The new end of the review.")
