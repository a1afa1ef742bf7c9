"""Words that no longer fit the numbers stop the publication and are named."""

import datetime as dt
from typing import Any

import pytest

from dashboard.public.easy_read.misfit import Moved, TemplateMisfit, filled, find_misfits
from dashboard.public.easy_read.topics import build_content
from dashboard.public.release import PublicRelease, Said
from dashboard.words.easy_read.catalogue import Catalogue, load_catalogue
from dashboard.words.easy_read.changes_said import Trend
from tests.public.builders import figure, release

TODAY = dt.date(2026, 10, 15)
ENGLISH = load_catalogue()
BETTER = Moved(Trend.better, up=True, good=True, opposite=("late",))
WORSE = Moved(Trend.worse, up=False, good=False, opposite=("late",))
LONGER = Moved(Trend.longer, up=True, good=False)
SAME = Moved(Trend.same, up=True, good=True)
UNKNOWN = Moved(Trend.unknown)


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("More plans were on time than last year.", WORSE),
        ("Fewer plans were late than last year.", WORSE),
        ("Fewer plans were on time than last year.", BETTER),
        ("More plans were late than last year.", BETTER),
        ("This has improved.", WORSE),
        ("This has got worse.", BETTER),
        ("Waits are shorter.", LONGER),
        ("Waits have gone down.", LONGER),
        ("Waits are now shorter than before.", SAME),
        ("This is better than last year.", SAME),
        ("This is better than last year.", UNKNOWN),
        ("This is about the same as last year.", BETTER),
        ("We work hard. Waits fell since summer.", LONGER),
    ],
)
def test_a_claim_that_the_numbers_do_not_bear_out_is_a_misfit(words: str, moved: Moved) -> None:
    assert len([*find_misfits("waits", words, moved, ENGLISH.claims, bare=True)]) == 1


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("More plans were on time than last year.", BETTER),
        ("Fewer plans were late than last year.", BETTER),
        ("This has improved.", BETTER),
        ("This has got worse.", WORSE),
        ("Waits are longer.", LONGER),
        ("Waits are longer than last year.", LONGER),
        ("This is about the same as last year.", SAME),
        ("We want waits to be shorter.", LONGER),
        ("We will make this better.", WORSE),
        ("We have more staff now.", WORSE),
        ("There are more doctors than last year.", WORSE),
        ("We phone families who wait.", UNKNOWN),
        ("Half have waited longer.", UNKNOWN),
        ("You can now book in one place.", WORSE),
    ],
)
def test_a_true_claim_and_what_claims_nothing_fit(words: str, moved: Moved) -> None:
    assert [*find_misfits("waits", words, moved, ENGLISH.claims, bare=True)] == []


def test_a_fixed_sentence_without_a_time_claims_nothing() -> None:
    shorter = Moved(Trend.shorter, up=False, good=True)
    assert [*find_misfits("waits", "Half have waited longer.", shorter, ENGLISH.claims)] == []


def two_summers(now: int, then: int, **facts: Any) -> PublicRelease:
    """Plans on time out of 100, this summer and the summer before."""
    before = {
        "period": "2024-25 summer",
        "period_start": "2025-05-01",
        "period_end": "2025-08-31",
    }
    own = (
        figure(numerator=now, denominator=100, value=float(now)),
        figure(numerator=then, denominator=100, value=float(then), **before),
    )
    return release(*own, **facts)


def with_topic(**facts: Any) -> Catalogue:
    """The catalogue with other words for the page of plans on time."""
    topic = ENGLISH.topics["plans-on-time"].model_copy(update=facts)
    return ENGLISH.model_copy(update={"topics": {**ENGLISH.topics, "plans-on-time": topic}})


def with_number(**facts: Any) -> Catalogue:
    numbers = dict(ENGLISH.topics["plans-on-time"].numbers)
    numbers["on_time"] = numbers["on_time"].model_copy(update=facts)
    return with_topic(numbers=numbers)


def refused(made: PublicRelease, catalogue: Catalogue = ENGLISH) -> str:
    with pytest.raises(TemplateMisfit) as caught:
        build_content(made, TODAY, catalogue)
    assert {misfit.topic for misfit in caught.value.misfits} == {"plans-on-time"}
    return str(caught.value)


def test_an_owner_who_says_better_when_it_is_worse_stops_the_publication() -> None:
    said = Said("ehcp_20w_excl", "More plans were on time than last year.")
    message = refused(two_summers(40, 60, said=(said,)))
    assert message == (
        "plans-on-time: “More plans were on time than last year.” does not fit. "
        "The number is worse than a year ago."
    )
    assert build_content(two_summers(60, 40, said=(said,)), TODAY)


def test_an_owner_is_measured_by_the_owners_own_measure() -> None:
    said = Said("ehcp_20w_incl", "More plans were on time than last year.")
    assert "not to be compared" in refused(two_summers(60, 40, said=(said,)))


def test_a_fixed_sentence_that_claims_another_trend_stops_the_publication() -> None:
    row = ENGLISH.topics["plans-on-time"].means[0]
    claim = row.model_copy(update={"sentences": ("More plans are on time than last year.",)})
    catalogue = with_topic(means=(claim,))
    assert "More plans are on time" in refused(two_summers(40, 60), catalogue)
    assert build_content(two_summers(60, 40), TODAY, catalogue)


def test_a_sentence_for_a_trend_that_says_another_stops_the_publication() -> None:
    catalogue = with_number(changes={"worse": "This is better than in {then}."})
    assert "The number is worse" in refused(two_summers(40, 60), catalogue)


def test_a_trend_without_a_sentence_stops_the_publication() -> None:
    fewer = {name: words for name, words in ENGLISH.changes.items() if name != "worse"}
    catalogue = ENGLISH.model_copy(update={"changes": fewer})
    assert "The number is worse, and no sentence says so." in refused(
        two_summers(40, 60), catalogue
    )


def test_a_name_without_a_value_stops_the_publication() -> None:
    catalogue = with_number(words="{amount} of {all_plans} plans were ready.")
    assert "{all_plans} has no value." in refused(two_summers(40, 60), catalogue)


def test_more_than_all_without_a_sentence_stops_the_publication() -> None:
    assert "more than there should be" in refused(two_summers(120, 60))


def test_every_misfit_is_told_at_once() -> None:
    wrong = "More plans were on time than last year. Plans have got better."
    said = (Said("ehcp_20w_excl", wrong), Said("plans", "Nothing is known of this."))
    assert refused(two_summers(40, 60, said=said)).count("does not fit") == 2


def test_a_template_is_filled_or_says_what_it_lacks() -> None:
    assert filled("plans", "{amount} plans.", amount="About 10") == "About 10 plans."
    with pytest.raises(TemplateMisfit, match=r"\{amount\} has no value"):
        filled("plans", "{amount} plans.")
