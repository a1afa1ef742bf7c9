"""EHC plans by where the child or young person learns, on the last day of the term."""

from schemas.codes import IN_AREA, PLACEMENT
from schemas.extract import Extract, Indicator

EXTRACT = Extract(
    id="ehc_plans_by_placement",
    sheet="EHC plans by placement",
    about="The plans at the end of the term, by placement, in this area or outside it.",
    filters=(PLACEMENT, IN_AREA),
    indicators=(
        Indicator(
            "plans_end",
            "Plans at end",
            "Final plans on the last day of the term with this placement. "
            "All rows add up to “Plans at end” on the sheet EHC plans.",
            synonyms=("EHC plans", "Number of plans", "Plans"),
        ),
    ),
)
