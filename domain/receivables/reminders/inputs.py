"""Inputs of the moves that pause reminders and waive what they have charged."""

from dataclasses import dataclass
from datetime import date

from domain.engine.inputs import input_field


@dataclass(frozen=True, kw_only=True)
class ReminderPause:
    """Why no reminder goes, and until when."""

    reason: str = input_field("Why no reminder goes for a while.", shortest=1, longest=500)
    until: date = input_field("The last day on which none goes; today or later, within a year.")


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Why the charges of reminders are waived."""

    reason: str = input_field("Why the charges are waived.", shortest=1, longest=500)
