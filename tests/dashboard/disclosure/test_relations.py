"""Relations between counts: every kind that an attacker could use, and none that does not hold."""

from dashboard.analysis.disclosure.cell import Relation
from dashboard.analysis.disclosure.gather import Uses, gather
from dashboard.analysis.disclosure.relations import relate
from schemas.measure import load_measures
from schemas.observation import Observation
from schemas.relations import load_relations
from tests.dashboard.disclosure.releases import SUMMER, of_terms, row, sample_terms, table

SPRING, AUTUMN = "2025-26 spring", "2025-26 autumn"


def _relations(*rows: Observation) -> tuple[Relation, ...]:
    found = gather([(one, {}) for one in rows], [], Uses(load_measures(), load_relations()), {}, {})
    values = {**found.published, **found.worked_out}
    return relate(values, load_relations(), found.inside)


def _has(found: tuple[Relation, ...], *ids: str, sense: str = "=") -> bool:
    return any({name for name, _ in one.parts} == set(ids) and one.sense == sense for one in found)


def test_parts_make_their_whole() -> None:
    found = _relations(*table("ehcp_new", "phase", {"primary": 9, "secondary": 4}))
    ids = (
        f"ehc_plans.new_plans{where} {SUMMER}"
        for where in ("", "[phase=primary]", "[phase=secondary]")
    )
    assert _has(found, *ids)


def test_parts_of_which_some_are_missing_are_at_most_their_whole() -> None:
    found = _relations(row("ehcp_new", 20), row("ehcp_new", 9, by="phase", category="primary"))
    ids = (f"ehc_plans.new_plans {SUMMER}", f"ehc_plans.new_plans[phase=primary] {SUMMER}")
    assert _has(found, *ids, sense="<=")


def test_several_placements_are_the_sum_of_theirs() -> None:
    rows = table(
        "ehcp_placement", "placement", {"special_nmss": 3, "special_maintained": 9, "neet": 2}
    )
    found = _relations(*rows, row("ehcp_special_pct", 12, 14))
    start = "ehc_plans_by_placement.plans_end[placement="
    several = "special_academy_free|special_independent|special_maintained|special_nmss"
    ids = (
        f"{start}{name}] at {SUMMER}" for name in (several, "special_nmss", "special_maintained")
    )
    assert _has(found, *ids)


def test_indicators_that_are_added_make_their_sum() -> None:
    found = _relations(row("ehcna_agreed", 73), row("ehcna_refused_of_decided_pct", 22, 95))
    ids = (f"ehc_requests.{name} {SUMMER}" for name in ("agreed", "refused", "agreed+refused"))
    assert _has(found, *ids)


def test_months_make_a_term() -> None:
    months = ["2026-05", "2026-06", "2026-07", "2026-08"]
    rows = [row("nd_completed", 10, period=month, basis="in_month") for month in months]
    found = _relations(*rows, row("nd_completed", 40))
    assert _has(found, *(f"nd_waits.completed {when}" for when in (*months, SUMMER)))


def test_terms_make_a_year() -> None:
    terms = (AUTUMN, SPRING, SUMMER)
    found = _relations(*of_terms(row("ehcp_new", 20, period=term) for term in terms))
    whole = f"{AUTUMN} to {SUMMER}"
    assert _has(found, *(f"ehc_plans.new_plans {when}" for when in (*terms, whole)))


def test_what_came_and_went_makes_what_there_is() -> None:
    rows = [row("ehcp_opening", 100), row("ehcp_new", 10), row("ehcp_transferred_in", 2)]
    rows += [row("ehcp_ceased", 5), row("ehcp_transferred_out", 1), row("ehcp_active", 106)]
    found = _relations(*rows)
    flows = ("new_plans", "transferred_in", "ceased", "transferred_out")
    stocks = (f"ehc_plans.{name} at {SUMMER}" for name in ("plans_start", "plans_end"))
    assert _has(found, *stocks, *(f"ehc_plans.{name} {SUMMER}" for name in flows))


def test_a_term_starts_as_the_one_before_ended() -> None:
    found = _relations(row("ehcp_opening", 100), row("ehcp_active", 100, period=SPRING))
    assert _has(found, f"ehc_plans.plans_start at {SUMMER}", f"ehc_plans.plans_end at {SPRING}")


def test_the_same_plans_are_on_three_sheets() -> None:
    names = ("ehcp_active", "ehcp_primary_need", "ehcp_placement")
    found = _relations(*(row(name, 106) for name in names))
    sheets = ("ehc_plans_by_need", "ehc_plans_by_placement")
    for sheet in sheets:
        assert _has(found, f"ehc_plans.plans_end at {SUMMER}", f"{sheet}.plans_end at {SUMMER}")


def test_what_does_not_hold_is_no_relation() -> None:
    assert not _relations(row("ehcp_active", 106), row("ehcp_primary_need", 105))


def test_severe_absentees_are_persistent_ones() -> None:
    found = _relations(row("severe_absence_pct", 10, 400), row("persistent_absence_pct", 90, 400))
    assert _has(found, f"attendance.severe {SUMMER}", f"attendance.persistent {SUMMER}", sense="<=")


def test_pupils_are_no_more_than_suspensions() -> None:
    found = _relations(row("suspensions", 30), row("pupils_suspended_pct", 20, 900))
    ids = (f"exclusions.pupils_suspended {SUMMER}", f"exclusions.suspensions {SUMMER}")
    assert _has(found, *ids, sense="<=")


def test_a_total_that_nobody_publishes_ties_two_tables() -> None:
    by_status = [
        row("suspensions", n, by="sen_status", category=c)
        for c, n in (("ehc_plan", 9), ("no_sen", 11))
    ]
    by_phase = [
        row("suspensions", n, by="school_phase", category=c)
        for c, n in (("primary", 5), ("special", 15))
    ]
    found = _relations(*by_status, *by_phase)
    assert sum(f"exclusions.suspensions {SUMMER}" in dict(one.parts) for one in found) == 2


def test_every_relation_of_the_sample_is_true() -> None:
    rows = sample_terms()[SUMMER]
    found = gather([(one, {}) for one in rows], [], Uses(load_measures(), load_relations()), {}, {})
    values = {one.id: n for one, n in {**found.published, **found.worked_out}.items()}
    relations = relate({**found.published, **found.worked_out}, load_relations(), found.inside)
    assert len(relations) > 1000
    for one in relations:
        total = sum(factor * values[name] for name, factor in one.parts)
        assert total == 0 if one.sense == "=" else total <= 0, one
