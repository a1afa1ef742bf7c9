"""Which figures may be set side by side, and the word that follows."""

import pytest

from dashboard.analysis.comparison import Compared
from dashboard.analysis.reason import Reason
from dashboard.analysis.verdict import Attention, judge
from dashboard.view import Line
from schemas.term import parse_term
from tests.dashboard.analysis.builders import (
    darlington_years,
    england,
    share,
    shares_of,
)
from tests.dashboard.views import line, measure, point, view, year

STEADY = [(30, 50)] * 6


def rolling(*given: tuple[str, int, int], basis: str = "rolling3") -> Line:
    """Three terms added up, each with the window of the three."""
    made = []
    for period, top, bottom in given:
        term = parse_term(period)
        assert term is not None
        first = term.shifted(-2).flow_window.start.isoformat()
        made.append(share(period, top, bottom, start=first, end=term.flow_window.end.isoformat()))
    return Line("own", "Darlington", basis, tuple(made))


THREE_YEARS = rolling(
    ("2022-23 autumn", 111, 123), ("2023-24 autumn", 141, 168), ("2024-25 autumn", 121, 167)
)


def test_three_terms_to_december_are_set_beside_that_calendar_year() -> None:
    shown = view(sums=(THREE_YEARS,), comparators=(darlington_years(), england()))
    beside = judge(shown).against("england")
    assert (beside.word, beside.published) == (Compared.better, False)
    assert (beside.own_basis, beside.other_basis) == ("rolling3", "calendar_year")


def test_three_terms_to_another_term_are_not() -> None:
    terms = rolling(*((period, 50, 60) for period in ("2022-23 summer", "2023-24 summer")))
    beside = judge(view(sums=(terms,), comparators=(england(),))).against("england")
    assert (beside.word, beside.reason) == (None, Reason.no_pair)


@pytest.mark.parametrize(("season", "reason"), [("summer", None), ("spring", Reason.no_pair)])
def test_a_school_year_to_date_is_set_beside_that_school_year_when_it_is_over(
    season: str, reason: Reason | None
) -> None:
    dates = [(f"{n}-08-01", f"{n + 1}-07-31") for n in (2021, 2022, 2023)]
    points = tuple(
        share(f"{n}-{n - 1999} {season}", 40, 90, start=start, end=end)
        for n, (start, end) in zip((2021, 2022, 2023), dates, strict=True)
    )
    start, end = dates[-1]
    other = line("england", point("2023-24", 30, start=start, end=end), basis="academic_year")
    to_date = Line("own", "Darlington", "ytd", points)
    beside = judge(view(sums=(to_date,), comparators=(other,))).against("england")
    assert beside.reason is reason


def test_the_same_term_on_the_same_basis_is_a_pair() -> None:
    own = shares_of([(30, 50), (30, 50), (45, 50)])
    other = line("region", point(own[-1].period, 60), basis="in_term")
    found = judge(view(*own, comparators=(other,))).against("region")
    assert (found.word, found.own) == (Compared.better, own[-1])


def test_a_term_is_never_set_beside_a_year() -> None:
    own = shares_of(STEADY)
    assert judge(view(*own, comparators=(england(),))).against("england").reason is Reason.no_pair


@pytest.mark.parametrize(
    ("polarity", "value", "word"),
    [
        ("higher_better", 50, Compared.better),
        ("higher_better", 70, Compared.similar),
        ("higher_better", 90, Compared.worse),
        ("lower_better", 50, Compared.worse),
        ("lower_better", 70, Compared.similar),
        ("neutral", 50, Compared.higher),
        ("neutral", 90, Compared.lower),
    ],
)
def test_the_word_follows_the_interval_and_the_polarity(
    polarity: str, value: float, word: Compared
) -> None:
    about = measure(polarity=polarity)
    shown = view(about=about, comparators=(darlington_years(), england(value)))
    assert judge(shown).against("england").word is word


def test_the_neighbours_are_compared_too() -> None:
    others = line("neighbours", year(2024, 80))
    found = judge(view(comparators=(darlington_years(), others)))
    assert found.against("neighbours").word is Compared.worse
    assert Attention.worse_than_neighbours in found.attention
