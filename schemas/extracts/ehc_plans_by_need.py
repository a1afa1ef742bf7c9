"""EHC plans by primary need, on the last day of the term."""

from schemas.codes import PRIMARY_NEED
from schemas.extract import Extract, Indicator

EXTRACT = Extract(
    id="ehc_plans_by_need",
    sheet="EHC plans by need",
    about="The plans at the end of the term, by the primary need in the plan.",
    filters=(PRIMARY_NEED,),
    indicators=(
        Indicator(
            "plans_end",
            "Plans at end",
            "Final plans on the last day of the term with this primary need. "
            "All rows add up to “Plans at end” on the sheet EHC plans.",
            synonyms=("EHC plans", "Number of plans", "Plans"),
        ),
    ),
)
