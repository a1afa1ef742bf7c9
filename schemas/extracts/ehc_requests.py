"""Requests for an EHC needs assessment and what came of them."""

from schemas.extract import Extract, Indicator
from schemas.rules import at_most

EXTRACT = Extract(
    id="ehc_requests",
    sheet="Requests and assessments",
    about="Requests for an EHC needs assessment in the term, decisions and assessments.",
    filters=(),
    indicators=(
        Indicator(
            "requests",
            "Requests received",
            "Requests received in the term from anyone, one for each child. "
            "Leave out a second request while the first is open.",
        ),
        Indicator("agreed", "Agreed to assess", "Decisions in the term to assess."),
        Indicator("refused", "Refused", "Decisions in the term not to assess."),
        Indicator(
            "decided_6w",
            "Decided within 6 weeks",
            "Of the decisions in the term, those made within 42 days of the request.",
        ),
        Indicator(
            "assessments",
            "Assessments completed",
            "Assessments that ended in the term, with or without a plan.",
        ),
        Indicator(
            "not_issued",
            "Plan not issued",
            "Of the assessments completed, those where the area decided not to issue a plan.",
        ),
    ),
    rules=(
        at_most(
            "decided_6w",
            ["decided_6w"],
            ["agreed", "refused"],
            "“Decided within 6 weeks” is {decided_6w}, more than all the decisions made "
            "({agreed} agreed + {refused} refused).",
        ),
        at_most(
            "not_issued",
            ["not_issued"],
            ["assessments"],
            "“Plan not issued” is {not_issued}, more than the {assessments} assessments completed.",
        ),
        at_most(
            "decisions",
            ["refused", "agreed"],
            ["requests"],
            "{agreed} agreed and {refused} refused are more than the {requests} requests received. "
            "This is right only if requests were carried over from the term before.",
            caution=True,
        ),
    ),
)
