"""Why a measure needs attention, each in a few plain words."""

from dashboard.analysis.verdict import Attention

_PHRASES = {
    Attention.worse_than_england: "Worse than England",
    Attention.got_worse: "Got worse",
    Attention.got_worse_in_years: "Published figure got worse",
    Attention.target_not_met: "Target not met",
    Attention.off_path: "Off the agreed path",
    Attention.special_cause_concern: "Special cause: worse than usual",
    Attention.worse_than_region: "Worse than the region",
    Attention.worse_than_neighbours: "Worse than its neighbours",
    Attention.late: "Newest term not sent",
    Attention.missing: "No newest figure",
    Attention.hidden: "Newest figure hidden",
    Attention.unreliable: "Newest figure too unreliable to show",
}


def attention_phrase(one: Attention) -> str:
    """`Worse than England`, `Got worse`, `Target not met`: at most six words, for a tile."""
    return _PHRASES[one]
