"""Attendance and absence, by SEN status and kind of school."""

from schemas.codes import SCHOOL_PHASE, SEN_STATUS
from schemas.extract import Extract, Indicator
from schemas.rules import at_most

EXTRACT = Extract(
    id="attendance",
    sheet="Attendance",
    about="School sessions missed in the term, in schools in this area. A session is half a day.",
    filters=(SEN_STATUS, SCHOOL_PHASE),
    indicators=(
        Indicator("enrolments", "Enrolments", "Pupil enrolments in the term."),
        Indicator(
            "possible",
            "Possible sessions",
            "Half days these pupils could have been at school.",
            kind="sessions",
            synonyms=("Sessions possible", "sess_possible"),
        ),
        Indicator(
            "authorised",
            "Authorised absence sessions",
            "Half days missed with the school's leave, such as illness.",
            kind="sessions",
            synonyms=("sess_authorised", "Authorised absence"),
        ),
        Indicator(
            "unauthorised",
            "Unauthorised absence sessions",
            "Half days missed without leave.",
            kind="sessions",
            synonyms=("sess_unauthorised", "Unauthorised absence"),
        ),
        Indicator(
            "persistent",
            "Persistent absentees",
            "Enrolments that missed 10% or more of their own possible sessions.",
            synonyms=("Persistently absent",),
        ),
        Indicator(
            "severe",
            "Severe absentees",
            "Enrolments that missed 50% or more of their own possible sessions.",
            synonyms=("Severely absent",),
        ),
    ),
    rules=(
        at_most(
            "absence_at_most_possible",
            ["authorised", "unauthorised"],
            ["possible"],
            "{authorised} authorised and {unauthorised} unauthorised sessions are more than the "
            "{possible} possible.",
        ),
        at_most(
            "severe_at_most_persistent",
            ["severe"],
            ["persistent"],
            "“Severe absentees” is {severe}, more than the {persistent} persistent absentees. "
            "Severe absentees are part of the persistent ones.",
        ),
        at_most(
            "persistent_at_most_enrolments",
            ["persistent"],
            ["enrolments"],
            "“Persistent absentees” is {persistent}, more than the {enrolments} enrolments.",
        ),
    ),
    core=True,
    clock="dfe",
    synonyms=("Absence",),
)
