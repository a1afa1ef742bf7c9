"""Waits for speech and language therapy and occupational therapy."""

from schemas.codes import AGE_BAND, SERVICE
from schemas.extract import Extract, Indicator
from schemas.extracts.nd_waits import LONGEST, REFERRALS, WAITING
from schemas.rules import longest_in_highest_band, no_wait_without_anyone

EXTRACT = Extract(
    id="therapy_waits",
    sheet="Therapy waits",
    about="Children waiting for a first therapy assessment at the end of each month or term.",
    filters=(SERVICE, AGE_BAND),
    indicators=(
        REFERRALS,
        *WAITING,
        LONGEST,
        Indicator("seen", "Seen", "Children whose first assessment happened in the period."),
        Indicator(
            "mean_days",
            "Mean days to assessment",
            "The average wait, in days, of the children seen in the period. "
            "Write z if nobody was seen.",
            kind="days",
            additive=False,
        ),
    ),
    rules=(
        no_wait_without_anyone("longest_days", "longest wait"),
        longest_in_highest_band("longest_days"),
    ),
    monthly=True,
    core=True,
    organisation="health",
    synonyms=("Therapies", "SaLT and OT waits"),
)
