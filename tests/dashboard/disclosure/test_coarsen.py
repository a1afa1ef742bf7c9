"""Coarsening: what is shown together or not at all, in which order, and in which words."""

from collections.abc import Mapping

import pytest

from dashboard.analysis.disclosure.coarsen import Step
from dashboard.analysis.disclosure.decide import Before, Decision, Facts, decide
from dashboard.analysis.disclosure.merge import label_of
from dashboard.analysis.disclosure.reasons import told_to_everyone
from schemas.measure import load_measures
from schemas.observation import Observation
from tests.dashboard.disclosure.releases import row, table

PHASES = {"early_years": 20, "primary": 90, "secondary": 80, "post16": 30, "post19": 20}


def _decide(*rows: Observation, **facts: Mapping[str, tuple[str, ...]]) -> Decision:
    return decide(rows, load_measures(), Facts(**facts))  # type: ignore[arg-type]


def _shown(decision: Decision, measure_id: str, by: str) -> dict[str, float | None]:
    found = (one.observation for one in decision.figures)
    return {o.category: o.value for o in found if (o.measure_id, o.breakdown) == (measure_id, by)}


def _hows(decision: Decision) -> list[tuple[str, str]]:
    return [(step.breakdown, step.how) for step in decision.coarsened]


def test_nothing_is_coarser_when_no_count_is_small() -> None:
    assert not _decide(*table("ehcp_new", "phase", PHASES)).coarsened


def test_post_16_and_post_19_are_shown_together_when_too_much_would_be_hidden() -> None:
    found = _decide(*table("ehcp_new", "phase", PHASES | {"post19": 1}))
    assert _hows(found) == [("phase", "together")]
    assert _shown(found, "ehcp_new", "phase") == {
        "early_years": 20,
        "primary": 90,
        "secondary": 80,
        "post16_plus": 31,
    }


def test_a_breakdown_that_merging_does_not_mend_is_left_out() -> None:
    found = _decide(*table("ehcp_new", "phase", PHASES | {"primary": 2, "early_years": 3}))
    assert _hows(found) == [("phase", "together"), ("phase", "without_breakdown")]
    assert not _shown(found, "ehcp_new", "phase")
    assert _shown(found, "ehcp_new", "all")


def test_two_small_needs_of_many_do_not_coarsen() -> None:
    needs = {"asd": 300, "mld": 200, "semh": 250, "slcn": 150, "pd": 40, "hi": 9, "vi": 5, "msi": 1}
    found = _decide(*table("ehcp_primary_need", "primary_need", needs))
    assert not found.coarsened
    hidden = {c for c, n in _shown(found, "ehcp_primary_need", "primary_need").items() if n is None}
    assert hidden == {"msi", "vi"}


def test_many_small_needs_are_shown_together() -> None:
    needs = {"asd": 300, "mld": 200, "semh": 250, "hi": 3, "vi": 4, "msi": 1, "spld": 2}
    found = _decide(*table("ehcp_primary_need", "primary_need", needs))
    assert _shown(found, "ehcp_primary_need", "primary_need") == {
        "asd": 300,
        "mld": 200,
        "semh": 250,
        "other_needs": 10,
    }


def test_a_category_of_few_places_is_never_by_itself() -> None:
    places = {"mainstream": 600, "special_academy_free": 340, "ap_pru": 30, "neet": 11}
    rows = table("ehcp_placement", "placement", places)
    found = _decide(*rows, few_places={"placement": ("ap_pru",)})
    assert _shown(found, "ehcp_placement", "placement") == {
        "mainstream": 600,
        "special_academy_free": 340,
        "other_placements": 41,
    }


def test_few_places_of_a_filter_that_is_never_merged_take_the_breakdown() -> None:
    rows = table("suspensions", "school_phase", {"primary": 90, "secondary": 300, "special": 20})
    found = _decide(*rows, few_places={"school_phase": ("special",)})
    assert _hows(found) == [("school_phase", "without_breakdown")]


def test_two_filters_go_before_anything_is_merged_for_them() -> None:
    by, counts = "sen_status", {"ehc_plan": 40, "sen_support": 60, "no_sen": 80}
    both = {"ehc_plan+primary": 2, "ehc_plan+secondary": 38, "no_sen+primary": 3}
    rows = table("suspensions", by, counts)
    rows += [
        row("suspensions", n, by="sen_status+school_phase", category=c) for c, n in both.items()
    ]
    found = _decide(*rows)
    assert _hows(found) == [("sen_status+school_phase", "without_breakdown")]
    assert _shown(found, "suspensions", by) == counts


def test_what_was_coarser_stays_so_while_a_figure_of_it_would_be_hidden() -> None:
    steps = _decide(*table("ehcp_new", "phase", PHASES | {"post19": 1})).coarsened
    before = Before(coarsened=steps)
    small = decide(
        table("ehcp_new", "phase", PHASES | {"post19": 4}), load_measures(), None, before
    )
    large = decide(table("ehcp_new", "phase", PHASES), load_measures(), None, before)
    assert [step.how for step in small.coarsened] == ["together"]
    assert not large.coarsened


@pytest.mark.parametrize(
    ("measure_id", "breakdown", "category", "label"),
    [
        ("ehcp_primary_need", "primary_need", "other_needs", "Other needs"),
        ("ehcp_new", "phase", "post16_plus", "Post-16 and over"),
        ("ehcp_new", "phase", "primary", "Primary"),
        ("ehcp_placement", "placement+in_area", "other_placements+no", "Other placements, no"),
        ("nd_waiting", "age_band+wait_band", "under5+over_104w", "Under 5, Waiting over 104 weeks"),
        ("ehcp_new", "all", "all", ""),
    ],
)
def test_categories_have_words(measure_id: str, breakdown: str, category: str, label: str) -> None:
    assert label_of(load_measures()[measure_id], breakdown, category) == label


def test_everyone_is_told_what_is_shown_together() -> None:
    step = Step("ehcp_new", "phase", "together", "phase", ("post16", "post19"), "")
    assert told_to_everyone(step, load_measures()["ehcp_new"]) == (
        "Post-16 and Post-19 are shown together as “Post-16 and over”, because some groups are so "
        "small that children could be recognised."
    )


def test_everyone_is_told_what_is_not_shown() -> None:
    step = Step("suspensions", "sen_status+school_phase", "without_breakdown", "", (), "")
    assert told_to_everyone(step, load_measures()["suspensions"]) == (
        "This is not shown by SEN status and school phase, because some groups are so small that "
        "children could be recognised."
    )
