"""Waits for a neurodevelopmental (autism or ADHD) assessment."""

from schemas.codes import AGE_BAND, PATHWAY
from schemas.extract import Extract, Indicator
from schemas.rules import at_most, longest_in_highest_band, no_wait_without_anyone

WAITING = (
    Indicator(
        "waiting_to_18w",
        "Waiting up to 18 weeks",
        "Children waiting 0 to 126 days on the last day of the period.",
        synonyms=("Waiting 0 to 18 weeks",),
    ),
    Indicator("waiting_18_to_52w", "Waiting 18 to 52 weeks", "Children waiting 127 to 364 days."),
    Indicator("waiting_52_to_104w", "Waiting 52 to 104 weeks", "Children waiting 365 to 728 days."),
    Indicator("waiting_over_104w", "Waiting over 104 weeks", "Children waiting 729 days or more."),
)

REFERRALS = Indicator(
    "referrals",
    "Referrals",
    "Referrals received in the period. The wait starts on the day the referral arrived.",
)

LONGEST = Indicator(
    "longest_days",
    "Longest days waiting",
    "The longest wait, in days, of the children waiting. Write z if nobody is waiting.",
    kind="days",
    additive=False,
    synonyms=("Longest wait days",),
)

EXTRACT = Extract(
    id="nd_waits",
    sheet="Neurodevelopmental waits",
    about="Children waiting for an autism or ADHD assessment at the end of each month or term.",
    filters=(PATHWAY, AGE_BAND),
    indicators=(
        REFERRALS,
        *WAITING,
        Indicator(
            "median_days",
            "Median days waiting",
            "The middle wait, in days, of the children waiting. Write z if nobody is waiting.",
            kind="days",
            additive=False,
        ),
        LONGEST,
        Indicator(
            "completed",
            "Assessments completed",
            "Children whose assessment was finished in the period.",
        ),
        Indicator(
            "first_appointments",
            "First appointments",
            "Children whose first appointment happened in the period.",
        ),
        Indicator(
            "first_13w",
            "First appointments within 13 weeks",
            "Of the first appointments, those within 91 days of the referral.",
        ),
    ),
    rules=(
        no_wait_without_anyone("median_days", "median wait"),
        no_wait_without_anyone("longest_days", "longest wait"),
        longest_in_highest_band("longest_days"),
        at_most(
            "median_at_most_longest",
            ["median_days"],
            ["longest_days"],
            "The median wait ({median_days} days) is longer than the longest ({longest_days}).",
        ),
        at_most(
            "first_13w",
            ["first_13w"],
            ["first_appointments"],
            "“First appointments within 13 weeks” is {first_13w}, more than the "
            "{first_appointments} first appointments.",
        ),
    ),
    monthly=True,
    core=True,
    organisation="health",
    synonyms=("ND waits", "Neurodevelopmental", "Autism and ADHD waits"),
)
