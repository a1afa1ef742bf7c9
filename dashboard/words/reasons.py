"""Why no verdict is given, in plain words."""

from dashboard.analysis.reason import Reason
from dashboard.analysis.spread import Kind, kind_of
from schemas.measure import Measure, load_measures

_SHORT = {
    Reason.no_figures: "No figures yet",
    Reason.not_published: "No yearly figures published",
    Reason.hidden: "Hidden to protect privacy",
    Reason.not_available: "Figure not available",
    Reason.not_applicable: "Not applicable",
    Reason.unreliable: "Too unreliable to judge",
    Reason.rounds_to_nought: "Too small to judge",
    Reason.no_benchmark: "No published figure to compare",
    Reason.another_geography: "Published for another geography",
    Reason.not_comparable: "Counted another way: context only",
    Reason.no_pair: "No figure for the same period",
    Reason.counts: "A count: areas differ in size",
    Reason.stock: "No test for this count",
    Reason.no_spread: "An average: spread not sent",
    Reason.no_counts: "Whole numbers not available",
    Reason.not_a_share: "Can pass 100%: no test",
    Reason.clustered: "Comes in clusters: not judged",
    Reason.first_time: "First time counted",
    Reason.second_time: "Second time counted",
    Reason.too_early: "Too early to say",
    Reason.too_few: "Too few figures to compare",
    Reason.definition_changed: "Way of counting changed",
    Reason.nothing_before: "No figure a year before",
    Reason.no_target: "No target",
    Reason.no_direction: "Neither high nor low is better",
    Reason.target_is_later: "Target was set later",
    Reason.too_few_for_limits: "Too few figures for limits",
    Reason.too_few_differences: "Too few years for limits",
    Reason.annual: "Yearly figures: no control chart",
    Reason.differences: "Judged on yearly changes",
    Reason.trial: "Trial limits only",
}

_LONG = {
    Reason.no_figures: "There are no figures yet.",
    Reason.not_published: "No yearly figures are published for this.",
    Reason.hidden: "The figure is hidden to protect privacy, so nothing is said about it.",
    Reason.not_available: "The figure is not available, so nothing is said about it.",
    Reason.not_applicable: "The figure is not applicable, so nothing is said about it.",
    Reason.unreliable: "The figure is too unreliable to show, so nothing is said about it.",
    Reason.rounds_to_nought: "The figure rounds to 0 but is not 0, so nothing is said about it.",
    Reason.no_benchmark: "There is no published figure to set this beside.",
    Reason.another_geography: "Figures are published for NHS areas only. They cover other people, "
    "so no verdict is given.",
    Reason.not_comparable: "The published figure is counted another way. It is for context only.",
    Reason.no_pair: "There is no published figure for the same kind of period, so no verdict is "
    "given.",
    Reason.counts: "This is a count and areas differ in size, so counts are not compared.",
    Reason.stock: "No test fits a count of children on one day, so no verdict is given.",
    Reason.no_spread: "This is an average or a single wait. How far the waits spread is not sent, "
    "so no verdict is given.",
    Reason.no_counts: "The whole numbers behind the figure are not available, so no verdict is "
    "given.",
    Reason.not_a_share: "The figure can be more than 100%, so no test fits.",
    Reason.clustered: "The same child may be counted many times, so chance plays a larger part "
    "than a test would allow for. No verdict is given.",
    Reason.first_time: "This is the first time we have counted this.",
    Reason.second_time: "This is the second time we have counted this.",
    Reason.too_early: "Too early to say.",
    Reason.too_few: "There are too few figures of this kind to compare.",
    Reason.definition_changed: "The way of counting changed, so no verdict is given.",
    Reason.nothing_before: "There is no figure for the same time a year before.",
    Reason.no_target: "There is no target.",
    Reason.no_direction: "Neither a higher nor a lower number is better, so there is no verdict.",
    Reason.target_is_later: "The target was set after this period.",
    Reason.too_few_for_limits: "There are too few figures for limits of usual variation.",
    Reason.too_few_differences: "The figure goes up and down with the time of year, and there are "
    "too few years yet for limits of usual variation.",
    Reason.annual: "Yearly figures are too few and far apart for a control chart.",
    Reason.differences: "The figure goes up and down with the time of year. The limits are about "
    "changes on a year before, so the target is not set against them.",
    Reason.trial: "There are too few figures for more than trial limits.",
}


def reason_phrase(reason: Reason) -> str:
    """At most six words, for a tile."""
    return _SHORT[reason]


def reason_sentence(reason: Reason, measure: Measure) -> str:
    """One or two sentences; for clustered events also where a verdict is."""
    instead = judged_instead(measure) if reason is Reason.clustered else None
    return f"{_LONG[reason]} See “{instead.title}”." if instead else _LONG[reason]


def judged_instead(measure: Measure) -> Measure | None:
    """The sibling that counts children, not events, and so may be judged."""
    siblings = (load_measures()[name] for name in measure.siblings)
    shares = (one for one in siblings if kind_of(one) is Kind.share and not one.clustered)
    return next(shares, None)
