"""The kinds of things that people are told."""

from enum import Enum, StrEnum


class Kind(Enum):
    """The most pressing first."""

    concern = "concern"
    target_missed = "target_missed"
    worse = "worse"
    restated = "restated"
    revised = "revised"
    late = "late"
    commentary_overdue = "commentary_overdue"
    commentary_due = "commentary_due"
    improvement = "improvement"
    target_met = "target_met"
    improved = "improved"
    higher = "higher"
    lower = "lower"


class About(StrEnum):
    """What happened."""

    published = "published"
    corrected = "corrected"
    late = "late"
    commentary = "commentary"
