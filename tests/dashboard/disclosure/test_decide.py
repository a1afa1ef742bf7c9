"""Whole releases decided, one after another: no hidden count can be had with simple arithmetic."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from dashboard.analysis.disclosure.decide import Decision, Facts, decide, decide_terms
from schemas.measure import load_measures
from schemas.observation import Observation
from tests.dashboard.disclosure.releases import SUMMER, of_terms, row, sample_terms

AUTUMN, SPRING = "2025-26 autumn", "2025-26 spring"
FEW = {"placement": ("ap_pru", "special_nmss"), "school_type": ("ap_pru", "special_nmss")}
Figures = Mapping[tuple[str, ...], Observation]


def _decide(*rows: Observation) -> Decision:
    return decide(rows, load_measures())


def _figures(decision: Decision) -> Figures:
    found = (one.observation for one in decision.figures)
    return {(o.measure_id, o.basis, o.breakdown, o.category, o.period): o for o in found}


def _one(decision: Decision, measure_id: str, **facts: str) -> Observation:
    return next(
        o.observation
        for o in decision.figures
        if o.observation.measure_id == measure_id
        and all(getattr(o.observation, name) == value for name, value in facts.items())
    )


def test_a_hidden_figure_has_no_numbers() -> None:
    found = _one(_decide(row("send_mediation", 3)), "send_mediation")
    assert (found.numerator, found.denominator, found.value, found.symbol) == (
        None,
        None,
        None,
        "c",
    )


def test_a_nought_is_shown() -> None:
    assert _one(_decide(row("send_mediation", 0)), "send_mediation").value == 0


def test_a_total_that_is_too_small_is_hidden_all_the_same() -> None:
    assert _one(_decide(row("perm_excl", 2)), "perm_excl").symbol == "c"


def test_a_share_that_leaves_out_too_few_is_hidden() -> None:
    found = _one(_decide(row("ehcp_20w_incl", 58, 60)), "ehcp_20w_incl")
    assert found.symbol == "c"
    assert found.numerator is None


def test_a_share_of_few_is_unreliable_and_of_fewer_hidden() -> None:
    figures = {
        size: _decide(row("ehcp_20w_incl", size // 2, size)).figures[0] for size in (30, 19, 10)
    }
    assert [one.unreliable for one in figures.values()] == [False, True, True]
    assert _one(_decide(row("ehcp_20w_incl", 5, 9)), "ehcp_20w_incl").symbol == "c"


def test_counts_of_the_nhs_are_rounded_and_shares_made_of_the_rounded() -> None:
    rows = [row("nd_waiting", 1103), row("nd_within_18w_pct", 143, 1103)]
    found = _decide(*rows)
    share = _one(found, "nd_within_18w_pct")
    assert _one(found, "nd_waiting").value == 1105
    assert (share.numerator, share.denominator, share.value) == (145, 1105, 13.1)
    assert all(one.rounded for one in found.figures)


def test_seven_who_wait_are_hidden_and_so_is_their_longest_wait() -> None:
    found = _decide(row("nd_waiting", 7), row("nd_wait_longest", 500))
    assert [one.observation.symbol for one in found.figures] == ["c", "c"]


def test_a_mean_comes_without_the_sum_it_was_made_of() -> None:
    found = _one(_decide(row("salt_wait_mean_days", 9000, 93)), "salt_wait_mean_days")
    assert (found.numerator, found.denominator, found.value) == (None, 95, 96.8)


def test_sessions_are_hidden_where_the_pupils_are() -> None:
    by, rows = "school_phase", []
    for category, pupils, days in (("primary", 3, 300), ("secondary", 800, 90000)):
        rows.append(row("persistent_absence_pct", 0, pupils, by=by, category=category))
        rows.append(row("absence_overall_pct", days / 10, days, by=by, category=category))
    found = _decide(*rows)
    shown = [o.observation for o in found.figures if o.observation.measure_id.startswith("absence")]
    assert not any(one.value for one in shown if one.category == "primary")


def test_a_hidden_count_cannot_be_had_by_the_year_so_far_less_the_year_before_it() -> None:
    terms = of_terms(
        row("send_tribunal_appeals", count, period=period)
        for period, count in ((AUTUMN, 9), (SPRING, 3), (SUMMER, 12))
    )
    decisions = decide_terms(
        ([o for o in terms if o.period == label] for label in (AUTUMN, SPRING, SUMMER)),
        load_measures(),
    )
    figures = {key: o for one in decisions for key, o in _figures(one).items()}
    year = {key[-1]: o.value for key, o in figures.items() if key[1] == "ytd"}
    term = {key[-1]: o.value for key, o in figures.items() if key[1] == "in_term"}
    assert term[SPRING] is None
    assert year[AUTUMN] is None or year[SPRING] is None
    assert year[SUMMER] is None or term[SUMMER] is None or year[SPRING] is None


def test_what_was_hidden_stays_hidden() -> None:
    first = _decide(row("send_mediation", 3))
    later = decide_terms([[row("send_mediation", 3)], [row("send_mediation", 8)]], load_measures())
    assert first.cells == {f"appeals.mediation {SUMMER}": (3, "hidden")}
    assert _one(later[1], "send_mediation").symbol == "c"


def test_a_count_that_others_have_published_is_no_secret() -> None:
    ours = row("ehcna_assessments", 3, period=AUTUMN, basis="rolling3")
    theirs = row("ehcna_assessments", 3, period="2025", basis="calendar_year")
    found = decide([ours], load_measures(), Facts(elsewhere=[theirs]))
    assert _one(found, "ehcna_assessments").value == 3


def test_the_order_of_observations_does_not_matter() -> None:
    rows = list(sample_terms()[SUMMER])
    one = decide(rows, load_measures(), Facts(FEW))
    random.Random(5).shuffle(rows)
    two = decide(rows, load_measures(), Facts(FEW))
    assert (one.cells, one.report) == (two.cells, two.report)
    assert set(one.figures) == set(two.figures)


@cache
def _newest_two() -> tuple[Decision, ...]:
    terms = [sample_terms()[label] for label in (SPRING, SUMMER)]
    return tuple(decide_terms(terms, load_measures(), Facts(FEW)))


def test_the_newest_two_terms_of_the_sample_can_be_protected() -> None:
    for decision in _newest_two():
        assert decision.faults == ()
        assert any(one.is_hidden for one in decision.figures)


def test_the_report_says_why_everything_is_hidden_and_is_json() -> None:
    report = json.loads(json.dumps(_newest_two()[1].report))
    assert all(one["why"] for one in report["hidden"])
    assert len(report["audit_sha256"]) == 64


def test_no_category_of_few_places_is_by_itself_in_the_sample() -> None:
    for decision in _newest_two():
        for one in decision.figures:
            names = one.observation.breakdown.split("+")
            for name, part in zip(names, one.observation.category.split("+"), strict=True):
                assert part not in FEW.get(name, ())


def test_no_small_count_of_the_sample_is_shown() -> None:
    for decision in _newest_two():
        for one in decision.figures:
            count = one.observation.numerator
            assert count is None or count == 0 or count >= 5, one


def test_no_sum_of_the_sample_leaves_one_hidden_count_alone() -> None:
    """Written again, from the published figures only: every total, year so far and three terms with
    all but one of its counts shown has none hidden, whatever publication shows them."""
    figures = {key: o for decision in _newest_two() for key, o in _figures(decision).items()}
    sums = [*_parts_and_wholes(figures), *_years(figures)]
    assert len(sums) > 50
    for whole, parts in sums:
        hidden = [one for one in (whole, *parts) if one.symbol == "c"]
        assert len(hidden) != 1, hidden


def _counts(figures: Figures) -> Iterator[tuple[tuple[str, ...], Observation]]:
    """Of education: those of the NHS are rounded, so sums tell ranges only."""
    for key, one in figures.items():
        measure = load_measures()[key[0]]
        if measure.source.derive == "sum" and measure.theme != "health_waits":
            yield key, one


def _parts_and_wholes(figures: Figures) -> Iterator[tuple[Observation, Sequence[Observation]]]:
    parts: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for (name, basis, by, _, period), one in _counts(figures):
        if by != "all" and "+" not in by:
            parts[name, basis, by, period].append(one)
    for (name, basis, _, period), ones in parts.items():
        yield figures[name, basis, "all", "all", period], ones


def _years(figures: Figures) -> Iterator[tuple[Observation, Sequence[Observation]]]:
    """The year so far in summer is that in spring and the summer."""
    for (name, basis, by, category, period), one in _counts(figures):
        if basis == "ytd" and period == SUMMER:
            others = [
                figures.get((name, "ytd", by, category, SPRING)),
                figures.get((name, "in_term", by, category, SUMMER)),
            ]
            known = [other for other in others if other is not None]
            if len(known) == len(others):
                yield one, known
