"""New EHC plans and how many were finished within 20 weeks."""

from schemas.codes import PHASE
from schemas.extract import Extract, Indicator
from schemas.rules import at_most

EXTRACT = Extract(
    id="ehc_timeliness",
    sheet="20-week timeliness",
    about="New EHC plans issued in the period and how long they took, by phase.",
    filters=(PHASE,),
    indicators=(
        Indicator(
            "issued",
            "Plans issued",
            "First final plans issued in the period, counted by the day they were issued.",
        ),
        Indicator(
            "issued_excl",
            "Plans issued excluding exceptions",
            "The same, less the plans where a statutory exception applied "
            "(SEND Regulations 2014, regulation 13(3)). A shortage of staff is not an exception.",
            synonyms=("Plans issued excl exceptions", "Plans issued (excluding exceptions)"),
        ),
        Indicator(
            "within_20w",
            "Issued within 20 weeks",
            "Of the plans issued, those issued no more than 140 days after the request arrived.",
            synonyms=("Plans issued within 20 weeks",),
        ),
        Indicator(
            "within_20w_excl",
            "Issued within 20 weeks excluding exceptions",
            "Of the plans issued excluding exceptions, those issued within 140 days.",
            synonyms=(
                "Plans issued within 20 weeks excluding exceptions",
                "Issued within 20 weeks excl exceptions",
            ),
        ),
        Indicator(
            "after_1_year",
            "Issued after 1 year",
            "Of the plans issued, those issued more than a year after the request arrived.",
        ),
        Indicator(
            "open_over_20w",
            "Open over 20 weeks",
            "Cases still open on the last day of the period, more than 140 days after the request.",
        ),
        Indicator(
            "median_weeks",
            "Median weeks",
            "The middle wait, in weeks, of the plans issued. Write z if no plan was issued.",
            kind="weeks",
            additive=False,
        ),
    ),
    rules=(
        at_most(
            "within_20w",
            ["within_20w"],
            ["issued"],
            "“Issued within 20 weeks” is {within_20w}, more than the {issued} plans issued.",
        ),
        at_most(
            "within_20w_excl",
            ["within_20w_excl"],
            ["issued_excl"],
            "“Issued within 20 weeks excluding exceptions” is {within_20w_excl}, more than the "
            "{issued_excl} plans issued excluding exceptions.",
        ),
        at_most(
            "issued_excl",
            ["issued_excl"],
            ["issued"],
            "“Plans issued excluding exceptions” is {issued_excl}, more than the {issued} plans "
            "issued.",
        ),
        at_most(
            "within_excl_at_most_within",
            ["within_20w_excl"],
            ["within_20w"],
            "“Issued within 20 weeks excluding exceptions” is {within_20w_excl}, more than the "
            "{within_20w} issued within 20 weeks.",
        ),
        at_most(
            "year_and_20w",
            ["after_1_year", "within_20w"],
            ["issued"],
            "{within_20w} within 20 weeks and {after_1_year} after 1 year are more than the "
            "{issued} plans issued.",
        ),
    ),
    monthly=True,
    core=True,
)
