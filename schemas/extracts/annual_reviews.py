"""Annual reviews of EHC plans: due, held, and decided in time."""

from schemas.codes import PHASE
from schemas.extract import Extract, Indicator
from schemas.rules import at_most

EXTRACT = Extract(
    id="annual_reviews",
    sheet="Annual reviews",
    about="Annual reviews due and held in the term, and decisions sent within 4 weeks, by phase.",
    filters=(PHASE,),
    indicators=(
        Indicator(
            "due",
            "Reviews due",
            "Plans whose review fell due in the term: within 12 months of the plan or last review.",
        ),
        Indicator("held", "Reviews held", "Review meetings held in the term, due or overdue."),
        Indicator(
            "decided_4w",
            "Decisions within 4 weeks",
            "Of the reviews held, those where the family got the decision within 4 weeks.",
            # As the DfE writes it, its misspelling of 2024 included.
            synonyms=("number_decsion_4weeks", "number_decision_4weeks", "decision_4_weeks"),
        ),
    ),
    rules=(
        at_most(
            "decided_4w",
            ["decided_4w"],
            ["held"],
            "“Decisions within 4 weeks” is {decided_4w}, more than the {held} reviews held.",
        ),
        at_most(
            "held",
            ["held"],
            ["due"],
            "“Reviews held” is {held}, more than the {due} reviews due. This is right only if "
            "overdue reviews from earlier terms were held.",
            caution=True,
        ),
    ),
)
