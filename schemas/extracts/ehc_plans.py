"""EHC plans: how many there are, how many began and ended, by phase."""

import pandas as pd

from schemas.codes import PHASE
from schemas.extract import Extract, Indicator, Rule
from schemas.rules import CORRECT_ONE, follows_on


def _closing(frame: pd.DataFrame) -> "pd.Series[float]":
    came = frame["plans_start"] + frame["new_plans"] + frame["transferred_in"]
    return came - frame["ceased"] - frame["transferred_out"]


def _balances(frame: pd.DataFrame) -> "pd.Series[bool]":
    return _closing(frame) == frame["plans_end"]


_FLOWS = ("plans_start", "new_plans", "transferred_in", "ceased", "transferred_out")

EXTRACT = Extract(
    id="ehc_plans",
    sheet="EHC plans",
    about="EHC plans this area maintains: at the start and end of the term, and what changed.",
    filters=(PHASE,),
    indicators=(
        Indicator(
            "plans_start",
            "Plans at start",
            "Final plans this area maintained on the first day of the term. "
            "The same number as last term's “Plans at end”.",
            synonyms=("Opening plans", "Plans at start of term"),
        ),
        Indicator(
            "new_plans",
            "New plans",
            "First final plans issued in the term. Leave out amended plans and plans that came "
            "from another area.",
            synonyms=("New EHC plans",),
        ),
        Indicator(
            "transferred_in",
            "Transferred in",
            "Plans taken over from another area in the term, and moves into this phase.",
        ),
        Indicator("ceased", "Ceased", "Plans that ended in the term.", synonyms=("Ceased plans",)),
        Indicator(
            "transferred_out",
            "Transferred out",
            "Plans handed to another area in the term, and moves out of this phase.",
        ),
        Indicator(
            "plans_end",
            "Plans at end",
            "Final plans this area maintained on the last day of the term, wherever the child "
            "learns. One person is one plan. Leave out drafts.",
            synonyms=("Closing plans", "Plans at end of term", "EHC plans", "Active plans"),
        ),
    ),
    rules=(
        Rule(
            "stock_and_flow",
            "plans_end",
            (*_FLOWS, "plans_end"),
            _balances,
            "{plans_start} at the start + {new_plans} new + {transferred_in} in − {ceased} ceased "
            "− {transferred_out} out makes {expected}, but “Plans at end” says {plans_end}. "
            f"{CORRECT_ONE}",
            expected=_closing,
        ),
        follows_on(
            "plans_start",
            "plans_end",
            ("phase",),
            "“Plans at start” is {plans_start}, but the term before ended with {expected}. "
            "Correct this number, or the one at the end of the term before.",
        ),
    ),
    core=True,
)
