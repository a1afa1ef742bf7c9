"""Appeals to the SEND Tribunal, the decisions families could appeal against, and mediation."""

from schemas.extract import Extract, Indicator
from schemas.rules import at_most

EXTRACT = Extract(
    id="appeals",
    sheet="Appeals and mediation",
    about="Appeals to the SEND Tribunal and mediation meetings in the term, and the decisions "
    "that families could appeal against.",
    filters=(),
    indicators=(
        Indicator(
            "appeals",
            "Appeals registered",
            "Appeals about this council's decisions that the SEND Tribunal registered in the term.",
            synonyms=("Tribunal appeals", "Appeals to the SEND Tribunal"),
        ),
        Indicator(
            "decisions",
            "Appealable decisions",
            "Decisions made in the term that families could appeal against: not to assess, "
            "not to issue a plan, plans made, plans amended and plans ended.",
            synonyms=("Decisions that could be appealed",),
        ),
        Indicator(
            "mediation",
            "Mediation cases",
            "Mediation meetings held in the term, one for each case. "
            "Leave out certificates given without a meeting.",
            synonyms=("Mediation meetings", "Mediations held"),
        ),
    ),
    rules=(
        at_most(
            "appeals",
            ["appeals"],
            ["decisions"],
            "“Appeals registered” is {appeals}, more than the {decisions} appealable decisions. "
            "This is right only if the appeals are about decisions of earlier terms.",
            caution=True,
        ),
    ),
    synonyms=("Appeals", "Tribunal appeals", "Appeals and mediations"),
)
