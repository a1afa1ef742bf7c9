"""Where the gaps are: what is ranked before what, and the SEND gap, in words and on the page."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.address import Address
from dashboard.analysis.gaps import By, Gap, Standing, rank_gaps
from dashboard.analysis.reason import Reason
from dashboard.analysis.sen_gap import Beside, set_beside
from dashboard.analysis.verdict import judge
from dashboard.pages.sen_gap import sen_facts
from dashboard.queries.shown import Shown
from dashboard.view import MeasureView
from dashboard.views.gaps import BY, SenGap, build_sen_gap
from dashboard.words.gap_headings import looked_at
from dashboard.words.gaps import gap_figures, gap_sentence
from dashboard.words.sen_gap import sen_sentence, why_no_gap
from schemas.area import ENGLAND
from schemas.database import Database
from schemas.observation import Observation
from schemas.tables import observation
from schemas.term import parse_term
from tests.dashboard.analysis.builders import darlington_years, england, share, shares_of, terms_of
from tests.dashboard.page_text import AREA, DURHAM, links, opened, section, words
from tests.dashboard.views import DARLINGTON, line, measure, point, view, year

GAPS = f"{AREA}gaps"
TERM = "2025-26 spring"


def ranked(*views: MeasureView, by: By = By.england) -> tuple[Gap, ...]:
    return rank_gaps([(one, judge(one)) for one in views], by)


def beside_england(value: float, **about: Any) -> MeasureView:
    """Darlington’s 72.5% of 2024 beside a figure of England."""
    return view(about=measure(**about), comparators=(darlington_years(), england(value)))


def test_a_clear_gap_says_how_far_which_way_when_and_the_word() -> None:
    (found,) = ranked(beside_england(86.7))
    assert found.standing is Standing.behind
    assert gap_sentence(found) == (
        "14.2 percentage points below England (calendar year 2024): worse."
    )
    assert gap_figures(found) == (
        "Darlington (published) 72.5%, England 86.7%. The gap is 16% of England’s figure."
    )


def test_clear_gaps_come_first_and_chance_after_them_and_what_is_better_last() -> None:
    views = [beside_england(value) for value in (46.4, 72.0, 80.0, 95.0)]
    found = ranked(*views, view(about=measure("nd_waiting")))
    standings = [one.standing for one in found]
    assert standings == [
        Standing.behind,
        Standing.behind,
        Standing.chance,
        Standing.ahead,
        Standing.not_compared,
    ]
    assert [round(one.size or 0, 1) for one in found[:2]] == [-22.5, -7.5]
    assert looked_at(found, By.england) == (
        "5 measures were looked at. 4 could be set beside England, and 4 of these tested: "
        "2 worse, 1 similar and 1 better."
    )


def test_a_neutral_measure_is_not_ranked() -> None:
    assert ranked(beside_england(86.7, polarity="neutral")) == ()


@given(st.lists(st.floats(1, 100), min_size=1, max_size=8))
def test_clear_gaps_are_in_the_order_of_their_share_of_the_other_figure(
    values: list[float],
) -> None:
    found = [one for one in ranked(*map(beside_england, values)) if one.standing is Standing.behind]
    shares = sorted((1 - 72.5 / value for value in values), reverse=True)
    assert [one.relative for one in found] == pytest.approx(shares[: len(found)])


@given(st.floats(1, 100))
def test_the_other_polarity_turns_every_gap_round(value: float) -> None:
    (higher,) = ranked(beside_england(value))
    (lower,) = ranked(beside_england(value, polarity="lower_better"))
    turned = {Standing.behind: Standing.ahead, Standing.ahead: Standing.behind}
    assert lower.standing is turned.get(higher.standing, higher.standing)
    assert lower.size == higher.size
    assert lower.relative == -(higher.relative or 0)


def test_a_gap_without_whole_numbers_has_a_size_and_no_word() -> None:
    own = line("published", *(year(number, 70.0) for number in range(2020, 2025)))
    (found,) = ranked(view(comparators=(own, england(80.0))))
    assert found.standing is Standing.untested
    assert gap_sentence(found) == (
        "10.0 percentage points below England (calendar year 2024): not judged, because the "
        "whole numbers are not available."
    )
    assert gap_figures(found).endswith("13% of England’s figure, on the worse side.")


def test_counts_show_no_gap_to_a_bigger_area() -> None:
    about = measure("ehcp_issued_over_1y")
    own = line("published", *darlington_years().points)
    (found,) = ranked(view(about=about, comparators=(own, england(6478.0))))
    assert (found.standing, found.reason) == (Standing.not_compared, Reason.counts)
    assert found.size is None


def test_a_hidden_figure_has_no_gap() -> None:
    (found,) = ranked(view(*terms_of([70.0, "c"])), by=By.target)
    assert (found.standing, found.reason) == (Standing.not_compared, Reason.hidden)
    assert (found.size, found.relative) == (None, None)


def test_a_target_that_is_missed_clearly_or_by_chance_or_met() -> None:
    target = measure().target
    assert target is not None

    def about(value: float) -> Any:
        return measure(target=target.model_copy(update={"value": value}))

    views = [view(share("2025-26 autumn", 30, 50), about=about(n)) for n in (50, 65, 90)]
    found = ranked(*views, by=By.target)
    assert [one.standing for one in found] == [Standing.behind, Standing.chance, Standing.ahead]
    assert [gap_sentence(one) for one in found] == [
        "30.0 percentage points below the target of 90% (Autumn 2025/26): not met.",
        "5.0 percentage points below the target of 65% (Autumn 2025/26): not met.",
        "10.0 percentage points above the target of 50% (Autumn 2025/26): met.",
    ]
    assert looked_at(found, By.target).endswith("a target: 1 met it, 2 did not.")


def test_the_direction_is_that_of_the_year_and_a_change_from_0_has_no_share() -> None:
    points = shares_of([(9, 50)] * 4 + [(0, 50), (9, 50), (9, 50), (10, 50)])
    (found,) = ranked(view(*points, about=measure(polarity="lower_better")), by=By.direction)
    assert (found.standing, found.relative) == (Standing.behind, None)
    assert gap_sentence(found).startswith("Up 20.0 percentage points on Spring term 2019/20")
    assert gap_figures(found).endswith("The earlier figure is 0, so the change is no share of it.")


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        (
            "suspension_rate",
            (9.6, 3.0),
            "Pupils with an EHC plan: 3.2 times as many suspensions for every 100 pupils as "
            "pupils with no SEN.",
        ),
        (
            "persistent_absence_pct",
            (37.0, 16.1),
            "Pupils with an EHC plan: 20.9 percentage points more than pupils with no SEN.",
        ),
        (
            "persistent_absence_pct",
            (16.1, 17.1),
            "Pupils with an EHC plan: 1.0 percentage points less than pupils with no SEN.",
        ),
        (
            "persistent_absence_pct",
            (16.12, 16.11),
            "Pupils with an EHC plan: about the same as pupils with no SEN.",
        ),
    ],
)
def test_the_send_gap_is_a_ratio_for_rates_and_points_for_shares(
    name: str, values: tuple[float, float], said: str
) -> None:
    found = set_beside(*(point(TERM, value) for value in values))
    assert sen_sentence("ehc_plan", found, measure(name), "") == said


@pytest.mark.parametrize("values", [("c", 3.0), (9.6, "c"), ("low", 3.0), (9.6, 0.0), (0.0, 3.0)])
def test_there_is_no_ratio_when_a_part_is_hidden_or_0(values: tuple[Any, Any]) -> None:
    one, base = (point(TERM, value) for value in values)
    found = set_beside(one, base)
    assert found.ratio is None
    said = sen_sentence("ehc_plan", found, measure("suspension_rate"), why_no_gap(one, base))
    assert said.startswith("Pupils with an EHC plan: no gap is shown, because ")
    assert "times" not in said


def test_nothing_is_set_beside_nothing() -> None:
    assert set_beside(None, point(TERM, 3.0)) == Beside()


def figure(
    category: str,
    value: float | str,
    period: str = TERM,
    code: str = DARLINGTON.code,
    kind: str = "",
) -> Shown:
    """One figure by SEN status, sent by the area unless it has the kind of a published file."""
    term = parse_term(period)
    assert term is not None
    start, end = term.dfe_window.start.isoformat(), term.dfe_window.end.isoformat()
    number, symbol = (None, value) if isinstance(value, str) else (value, None)
    about = ("suspension_rate", code, period, start, end, "in_term", BY, category)
    made = Observation(*about, None, None, number, symbol, "final", 1)
    return Shown(made, kind, "DfE" if kind else DARLINGTON.name, period, end, False, 0)


def sen_gap(*shown: Shown) -> SenGap:
    published = [one for one in shown if one.file_kind]
    found = build_sen_gap(measure("suspension_rate"), DARLINGTON, shown, published)
    assert found is not None
    return found


OWN = [figure("ehc_plan", 9.6), figure("sen_support", 12.0), figure("no_sen", 3.0)]


def of_england(period: str, *values: float) -> list[Shown]:
    groups = ("ehc_plan", "sen_support", "no_sen")
    return [
        figure(group, value, period, ENGLAND, "dfe_suspensions")
        for group, value in zip(groups, values, strict=False)
    ]


def page_part(found: SenGap) -> Any:
    return sen_facts(Address(DARLINGTON, "gaps"), found)


def test_england_of_the_same_term_stands_beside_without_a_remark() -> None:
    shown = page_part(sen_gap(*OWN, *of_england(TERM, 8.0, 9.0, 2.0)))
    assert shown.england == (
        "England (Spring 2025/26): 4.0 times as many for pupils with an EHC plan and 4.5 times as "
        "many for pupils with SEN support."
    )
    assert "for context" not in shown.said
    assert "8.00" in shown.wide


def test_england_of_another_term_is_named_and_for_context() -> None:
    newer = of_england("2025-26 autumn", 8.5)  # only pupils with a plan: nothing to set them beside
    shown = page_part(sen_gap(*OWN, *of_england("2024-25 spring", 8.0, 9.0, 2.0), *newer))
    assert shown.england.startswith("England (Spring 2024/25, for context): 4.0 times as many")
    assert "England (Spring 2024/25, for context): EHC plan 8.00 per 100 pupils" in shown.said


def test_a_council_that_sent_nothing_is_shown_by_its_published_figures() -> None:
    code = DARLINGTON.code
    found = sen_gap(
        *(figure(c, 5.0, TERM, code, "dfe_suspensions") for c in ("ehc_plan", "no_sen"))
    )
    assert (found.published, found.context) == (True, True)
    assert page_part(found).subtitle == "Darlington, Spring term 2025/26, published figures"


def test_hidden_figures_leave_no_number_in_the_gap_its_chart_or_its_table() -> None:
    hidden = [figure(group, "c") for group in ("ehc_plan", "sen_support", "no_sen")]
    shown = page_part(sen_gap(*hidden))
    assert (shown.wide, shown.narrow) == ("", "")
    assert not re.search(r"\d", " ".join(shown.sentences))
    assert all(row.own == "hidden to protect privacy" for row in shown.rows)
    assert all((row.counted, row.out_of) == ("no figure", "no figure") for row in shown.rows)


def test_a_hidden_base_takes_the_gap_away_and_leaves_the_others_figures() -> None:
    shown = page_part(sen_gap(OWN[0], OWN[1], figure("no_sen", "c")))
    assert shown.sentences[0] == (
        "Pupils with an EHC plan: no gap is shown, because the figure of pupils with no SEN is "
        "hidden to protect privacy."
    )
    assert [row.own for row in shown.rows][:2] == ["9.60 per 100 pupils", "12.00 per 100 pupils"]
    assert [row.gap for row in shown.rows] == ["Not shown", "Not shown", "–"]


@pytest.mark.parametrize("by", ["", *By])
def test_the_page_names_every_measure_with_a_direction_once(client: FlaskClient, by: str) -> None:
    page = opened(client, f"{GAPS}?by={by}")
    headings = [words(one) for one in page.main.find_all("h2")]
    assert headings[-3:] == ["Reading this page", "The SEND gap", "This edition"]
    lists = page.main.select(".gaps a, .not-compared a")
    assert words(page.select_one(".showing")).startswith(f"{len(lists)} measures were looked at.")
    assert len({re.sub("#.*", "", str(one["href"])) for one in lists}) == len(lists)


def test_the_page_leads_to_the_measure_and_keeps_the_choice_of_theme(client: FlaskClient) -> None:
    page = opened(client, f"{GAPS}?by=direction&theme=timeliness")
    assert f"{GAPS}?by=target&theme=timeliness" in links(page)
    chosen = [words(one) for one in page.main.select(".choices [aria-current]")]
    assert chosen == ["A year before", "How long plans take"]
    found = links(page.main)
    assert f"{AREA}measure/ehcp_20w_excl#what-we-can-say" in found
    assert f"{AREA}measure/nd_waiting" not in {one.partition("#")[0] for one in found}


def test_an_unknown_choice_is_the_default(client: FlaskClient) -> None:
    known = opened(client, GAPS)
    unknown = opened(client, f"{GAPS}?by=luck&theme=weather")
    assert words(unknown.select_one(".showing")) == words(known.select_one(".showing"))


def test_the_send_gap_of_the_page_is_that_of_the_figures_sent(
    client: FlaskClient, published: Database
) -> None:
    o = observation.c
    query = select(o.category, o.numerator, o.denominator).where(
        o.measure_id == "suspension_rate",
        o.area_code == DARLINGTON.code,
        o.breakdown == BY,
        o.basis == "in_term",
        o.period == "2025-26 summer",
        o.release_version_id.is_not(None),
    )
    with published.reading() as connection:
        rates = {row.category: row.numerator / row.denominator for row in connection.execute(query)}
    said = section(opened(client, GAPS), "send-gap")
    for group, name in (("ehc_plan", "an EHC plan"), ("sen_support", "SEN support")):
        times = round(rates[group] / rates["no_sen"], 1)
        assert f"Pupils with {name}: {times} times as many suspensions for every 100" in said


def test_durham_has_a_send_gap_by_its_settings_alone(client: FlaskClient) -> None:
    said = section(opened(client, f"{DURHAM}gaps"), "send-gap")
    assert "County Durham, Spring term 2024/25, published figures" in said
    assert "Darlington" not in said
