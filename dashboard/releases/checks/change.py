"""Q10: changes that somebody has to explain before a family asks."""

from collections.abc import Iterator, Sequence

from dashboard.analysis.control_rules import Flag, Rule, Side
from dashboard.analysis.runs import break_days, broke_between, point_at
from dashboard.analysis.steadiness import Steadiness, judge_steadiness
from dashboard.queries.shown import Shown
from dashboard.releases.checks.change_words import Change, change_words
from dashboard.releases.checks.finding import Check, Finding
from dashboard.releases.checks.material import Figure, Material
from dashboard.releases.checks.saying import about_measure
from dashboard.view import MeasureView, Point
from dashboard.views.measure import own_parts
from dashboard.words.values import listed
from schemas.measure import Measure
from schemas.note import notes_about
from schemas.term import Term

_SEEN_BEFORE = ("ehcp_opening",)  # last term's plans at the end, looked at then


def find_changes(material: Material) -> Iterator[Finding]:
    """Headlines that moved by more than the settings let pass, in share and in people, since the
    term before or the same term last year; and those that left the limits of usual variation."""
    by_measure: dict[str, list[Figure]] = {name: [] for name in material.measures}
    for figure in (*material.headlines, *material.figures):
        if figure.one.measure_id in by_measure:
            by_measure[figure.one.measure_id].append(figure)
    together: list[list[Change]] = []
    for name, measure in material.measures.items():
        change = _change_of(material, measure, by_measure[name])
        if change and name not in _SEEN_BEFORE:
            same = next((group for group in together if _is_same(group[0], change)), None)
            together.append([change]) if same is None else same.append(change)
    for group in together:
        yield _finding(material, group)


def _is_same(one: Change, other: Change) -> bool:
    """The same count in another form, such as suspensions and suspensions per 100 pupils."""
    first, second = one.measure.source, other.measure.source
    counted = (first.extract, first.numerator, first.less, first.where)
    return one.numbers == other.numbers or counted == (
        second.extract,
        second.numerator,
        second.less,
        second.where,
    )


def _finding(material: Material, group: Sequence[Change]) -> Finding:
    first = group[0]
    words = change_words(first)
    if len(group) > 1:
        words += f" The same of {listed([one.measure.short_title for one in group[1:]])}."
    facts = [f"{point.period}={point.value!r}" for point in first.moved.values()]
    facts += ["outside"] if first.outside else []
    return about_measure(material, "Q10", "should", first.measure, words, tuple(facts))


def no_term_before(material: Material) -> str:
    if material.headlines:
        return ""
    return "There is no earlier term to set these figures beside."


def _change_of(material: Material, measure: Measure, figures: list[Figure]) -> Change | None:
    view = _view(material, measure, figures)
    now = point_at(view.terms.points, material.version.term_label)
    if now is None or now.value is None or now != view.latest:
        return None
    days = break_days(view)
    moved: dict[str, Point] = {}
    for term, when in _beside(measure, material.term):
        before = point_at(view.terms.points, term.label)
        comparable = before and not broke_between(before, now, days)
        if before and comparable and _is_large(material, measure, now, before):
            moved[when] = before
    steadiness = judge_steadiness(view, days, material.area.screened_limits)
    outside = steadiness if _is_newly_outside(material, measure, now, steadiness) else None
    return Change(measure, now, moved, outside) if moved or outside else None


def _is_newly_outside(
    material: Material, measure: Measure, now: Point, steadiness: Steadiness
) -> bool:
    """Outside the limits, by more people than the settings let pass, and not on the same side a
    term before already: what was asked about then is not asked again."""
    chart = steadiness.chart
    sides = _outside(steadiness.latest_flags)
    if chart is None or not sides:
        return False
    people = _people(measure, now, abs(chart.values[-1] - chart.mean))
    if people is not None and people <= material.area.tolerances.change_people:
        return False
    end = material.term.shifted(-1).flow_window.end.isoformat()
    earlier = [place for place, point in enumerate(steadiness.points) if point.end <= end]
    return not earlier or _outside(chart.flags[earlier[-1]]) != sides


def _outside(flags: Sequence[Flag]) -> set[Side]:
    return {flag.side for flag in flags if flag.rule is Rule.outside}


def _view(material: Material, measure: Measure, figures: list[Figure]) -> MeasureView:
    """As its page sees it, with this version in its place and nothing later."""
    shown = [Shown(figure.one, "", "", "", "", False, 0) for figure in figures]
    shown.sort(key=lambda one: (one.observation.period_end, one.observation.period))
    return MeasureView(
        **own_parts(measure, material.area, shown),
        comparators=(),
        breakdowns=(),
        notes=notes_about(material.notes, measure, material.area.code),
    )


def _beside(measure: Measure, term: Term) -> Iterator[tuple[Term, str]]:
    """A measure that comes and goes with the seasons is set beside the same term last year only."""
    if not measure.seasonal:
        yield term.shifted(-1), "the term before"
    yield term.last_year, "the same term last year"


def _is_large(material: Material, measure: Measure, now: Point, before: Point) -> bool:
    if now.value is None or before.value is None:
        return False
    allowed = material.area.tolerances
    size = abs(now.value - before.value)
    people = _people(measure, now, size)
    enough = people is None or people > allowed.change_people
    return enough and size > allowed.change * abs(before.value)


def _people(measure: Measure, now: Point, size: float) -> float | None:
    """How many people a change is about; None where that cannot be told, as of a wait."""
    if measure.unit == "count":
        return size
    if measure.source.derive != "ratio" or now.denominator is None:
        return None
    return size * now.denominator / measure.multiplier


CHECKS = (
    Check(
        "Q10",
        "should",
        "Large changes are explained",
        "Each headline beside the term before (unless it comes and goes with the seasons) and the "
        "same term last year: more than the share and the number of people in the settings, or "
        "newly outside the limits of its usual ups and downs.",
        find_changes,
        no_term_before,
    ),
)
