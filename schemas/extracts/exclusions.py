"""Suspensions and permanent exclusions, by SEN status and kind of school."""

import pandas as pd

from schemas.codes import SCHOOL_PHASE, SEN_STATUS
from schemas.extract import Extract, Indicator, Rule
from schemas.rules import CORRECT_ONE, at_most


def _both_or_neither(frame: pd.DataFrame) -> "pd.Series[bool]":
    return (frame["pupils_suspended"] > 0) | (frame["suspensions"] == 0)


EXTRACT = Extract(
    id="exclusions",
    sheet="Exclusions",
    about="Suspensions and permanent exclusions in the term, in schools in this area.",
    filters=(SEN_STATUS, SCHOOL_PHASE),
    indicators=(
        Indicator(
            "roll",
            "Pupils on roll",
            "Pupils (sole and dual main) on roll at the January census, in state-funded schools "
            "in this area. The same number all year.",
            synonyms=("Headcount", "Pupils"),
        ),
        Indicator(
            "suspensions",
            "Suspensions",
            "Suspensions that started in the term. A pupil suspended twice counts twice.",
            synonyms=("Suspension",),
        ),
        Indicator(
            "pupils_suspended",
            "Pupils suspended",
            "Pupils suspended at least once in the term. A pupil suspended twice counts once.",
            synonyms=("One plus suspension", "Pupils with one or more suspensions"),
        ),
        Indicator(
            "permanent_exclusions",
            "Permanent exclusions",
            "Permanent exclusions in the term, less those withdrawn or overturned.",
        ),
    ),
    rules=(
        at_most(
            "pupils_at_most_events",
            ["pupils_suspended"],
            ["suspensions"],
            "“Pupils suspended” is {pupils_suspended}, more than the {suspensions} suspensions.",
        ),
        at_most(
            "pupils_at_most_roll",
            ["pupils_suspended"],
            ["roll"],
            "“Pupils suspended” is {pupils_suspended}, more than the {roll} pupils on roll.",
        ),
        at_most(
            "excluded_at_most_roll",
            ["permanent_exclusions"],
            ["roll"],
            "“Permanent exclusions” is {permanent_exclusions}, more than the {roll} pupils on "
            "roll.",
        ),
        Rule(
            "both_zero",
            "pupils_suspended",
            ("pupils_suspended", "suspensions"),
            _both_or_neither,
            "There were {suspensions} suspensions, so “Pupils suspended” cannot be 0. "
            f"{CORRECT_ONE}",
        ),
    ),
    core=True,
    clock="dfe",
    synonyms=("Suspensions and exclusions", "Suspensions"),
)
