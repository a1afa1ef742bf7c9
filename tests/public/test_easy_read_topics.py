"""The family pages: complete and easy to read whatever state their numbers are in."""

import datetime as dt
from typing import Any

import pytest

from dashboard.public.easy_read.content import Calendar, EasyRead, Help, OutOfTen, Row, Topic
from dashboard.public.easy_read.front import late_words, late_words_in_full
from dashboard.public.easy_read.shapes import SHAPES
from dashboard.public.easy_read.topics import build_content, find_faults
from dashboard.public.release import Answered, LeftOut, PublicRelease, Said
from dashboard.words.easy_read.page_lint import REQUIRED, sentences_of, texts_of
from schemas.area import ENGLAND
from schemas.area_settings import Contact, load_area_settings
from schemas.measure import load_measures
from schemas.note import Note
from schemas.public import Reviewed
from schemas.term import parse_term
from tests.public.builders import DARLINGTON, figure, release
from tests.public.whole_release import whole_release

TODAY = dt.date(2026, 10, 15)
USUAL = {"share": 0.6, "count": 300, "wait": 400, "size": 60}
STATES = {
    "usual": USUAL,
    "nothing": {"share": 0, "count": 0, "wait": 0, "size": 60},
    "hardly any": {"share": 0.01, "count": 7, "wait": 10, "size": 1_000},
    "nearly all": {"share": 0.97, "count": 30, "wait": 30, "size": 1_000},
    "all": {"share": 1, "count": 2_000_000, "wait": 3_000, "size": 60},
    "hidden": {"symbol": "c"},
    "not available": {"symbol": "x"},
    "nobody": {"symbol": "z"},
}
HIDDEN = "We do not show this number."
UNKNOWN = "We do not know this yet."


def pages(made: PublicRelease) -> EasyRead:
    return build_content(made, TODAY)


def page(made: PublicRelease, slug: str = "plans-on-time") -> Topic:
    return next(topic for topic in pages(made).topics if topic.slug == slug)


def said(topic: Topic, block_id: str) -> list[str]:
    """The sentences of one block."""
    blocks = [block for block in topic.blocks if block.id == block_id]
    return [words for block in blocks for part in block.parts for words in sentences_of(part)]


def summer(year: int = 2026, **facts: Any) -> Any:
    term = f"{year - 1}-{year % 100} summer"
    days = {"period_start": f"{year}-05-01", "period_end": f"{year}-08-31"}
    return figure(period=term, **days, **facts)


@pytest.mark.parametrize("state", STATES)
def test_every_page_is_complete_and_easy_to_read(state: str) -> None:
    content = pages(whole_release(STATES[state], USUAL))
    assert [topic.slug for topic in content.topics] == [shape.slug for shape in SHAPES]
    assert find_faults(content) == []
    for topic in content.topics:
        assert {block.id for block in topic.blocks} >= set(REQUIRED)


@pytest.mark.parametrize("then", STATES)
def test_every_page_can_be_set_beside_any_year_before(then: str) -> None:
    assert find_faults(pages(whole_release(USUAL, STATES[then]))) == []


def test_a_hidden_number_has_its_own_sentence_and_no_comparison() -> None:
    for topic in pages(whole_release(STATES["hidden"], USUAL)).topics:
        assert topic.headline == "This page says what you can do."
        assert topic.change == ""
        assert said(topic, "number").count(HIDDEN) >= 1
        assert not any(isinstance(part, OutOfTen | Calendar) for part in topic.blocks[1].parts)
        assert said(topic, "change") == []


def test_a_missing_number_is_not_known_and_never_nothing() -> None:
    for topic in pages(release()).topics:
        assert topic.headline == UNKNOWN
        assert set(said(topic, "counted")) == {UNKNOWN}
        assert "No " not in " ".join(said(topic, "number"))


def test_only_the_core_pages_are_there_when_nothing_was_sent() -> None:
    slugs = [topic.slug for topic in pages(release()).topics]
    assert slugs == [shape.slug for shape in SHAPES if shape.core]


def test_a_page_is_there_when_one_of_its_numbers_was_sent() -> None:
    made = release(summer(measure_id="send_mediation", numerator=12, denominator=None, value=12))
    assert said(page(made, "disagreeing"), "number")[-1] == "About 10 families had mediation."


def test_a_number_that_could_not_be_protected_is_hidden_not_unknown() -> None:
    left_out = LeftOut("ehcp_20w_excl", "all", "This is not shown.")
    assert HIDDEN in said(page(release(left_out=(left_out,))), "number")


def test_the_page_of_plans_on_time_says_its_two_sides() -> None:
    topic = page(release(summer(numerator=121, denominator=167, value=72.455)))
    (row,) = (part for part in topic.blocks[1].parts if isinstance(part, OutOfTen))
    assert (row.picture, row.filled) == ("plan", 7)
    assert row.words == "About 7 out of 10 plans were ready on time."
    assert row.other == "About 3 out of 10 plans were late."
    assert row.label == f"{row.words} {row.other}"
    assert topic.headline == row.words


def test_a_wait_is_months_with_the_law_beside_it_and_a_month_to_hold_on_to() -> None:
    wait = summer(measure_id="ehcp_weeks_median", numerator=None, denominator=None, value=30.4)
    topic = page(release(wait))
    (drawn,) = (part for part in topic.blocks[1].parts if isinstance(part, Calendar))
    assert (drawn.months, drawn.limit, drawn.limit_words) == (7, 5, "The law says 5 months.")
    assert drawn.sentences == (
        "Half of the plans took less than 7 months.",
        "Half of the plans took longer.",
        "If you asked in January, you might wait until August.",
    )
    assert "Your wait may be different." in said(topic, "number")


def test_a_wait_that_goes_on_says_since_when() -> None:
    made = whole_release({**USUAL, "wait": 481})
    topic = page(made, "autism-adhd-waits")
    (drawn, *_) = (part for part in topic.blocks[1].parts if isinstance(part, Calendar))
    assert (drawn.months, drawn.limit) == (16, None)
    assert drawn.sentences[2] == "About half asked in May 2025 or before."


def test_a_wait_of_a_few_days_is_said_without_squares() -> None:
    parts = page(whole_release({**USUAL, "wait": 10})).blocks[1].parts
    assert not any(isinstance(part, Calendar) for part in parts)
    assert (
        Row(
            "calendar",
            ("Half of the plans took less than 1 week.", "Half of the plans took longer."),
        )
        in parts
    )


def test_more_reviews_than_were_due_is_not_a_share() -> None:
    more = summer(measure_id="ar_completed_pct", numerator=50, denominator=40, value=125)
    assert "More reviews took place than were due." in said(
        page(release(more), "reviews"), "number"
    )


def test_a_share_of_few_children_says_that_it_can_change_a_lot() -> None:
    topic = page(release(summer(numerator=9, denominator=18, value=50, unreliable=True)))
    assert "This number is about few children." in said(topic, "number")


@pytest.mark.parametrize(
    ("now", "then", "picture", "words"),
    [
        (0.7, 0.6, "thumbs-up", "This is better than in summer 2025."),
        (0.6, 0.7, "thumbs-down", "This is worse than in summer 2025."),
        (0.62, 0.6, "same", "This is about the same as in summer 2025."),
    ],
)
def test_a_change_is_said_beside_the_same_term_last_year(
    now: float, then: float, picture: str, words: str
) -> None:
    topic = page(whole_release({**USUAL, "share": now}, {**USUAL, "share": then}))
    change = next(block for block in topic.blocks if block.id == "change").parts[0]
    assert change == Row(picture, ("We looked at plans that were on time.", words))


def test_a_change_of_the_definition_ends_the_comparison() -> None:
    before = summer(2025, definition_version=2)
    topic = page(release(summer(), before))
    assert "We cannot compare this with summer 2025." in said(topic, "change")


@pytest.mark.parametrize(
    ("day", "trend"), [("2026-01-01", "cannot compare"), ("2024-01-01", "about the same")]
)
def test_a_break_between_the_two_terms_ends_the_comparison(day: str, trend: str) -> None:
    note = Note(
        id="new_count",
        on=dt.date.fromisoformat(day),
        words="Counted anew.",
        source="The council",
        measures=("ehcp_20w_excl",),
        breaks=True,
    )
    topic = page(release(summer(), summer(2025), notes=(note,)))
    assert trend in said(topic, "change")[-1]


def beside(code: str, part: float, of: float | None = 200, **facts: Any) -> Any:
    year = {"period": "2025", "period_start": "2025-01-01", "period_end": "2025-12-31"}
    made = {"basis": "calendar_year", "source": "DfE", "version": "2026", "invented": False}
    value = {"numerator": part, "denominator": of, "value": 46.1}
    return figure(area_code=code, **(year | made | value | facts))


@pytest.mark.parametrize(
    ("here", "words"),
    [
        (140, "In that time, more plans were on time here than in other places."),
        (60, "In that time, fewer plans were on time here than in other places."),
        (105, "In that time, it was about the same in other places in England."),
    ],
)
def test_england_stands_beside_where_one_publisher_counted_both(here: int, words: str) -> None:
    topic = page(release(beside(DARLINGTON, here), beside(ENGLAND, 100)))
    assert said(topic, "change") == ["We also looked at January to December 2025.", words]


@pytest.mark.parametrize(
    "england",
    [
        beside(ENGLAND, 10, basis="academic_year"),
        beside(ENGLAND, 10, period="2024"),
        beside(ENGLAND, 10, source="Another"),
        beside(ENGLAND, 10, version="2025"),
        beside(ENGLAND, 10, None),
        beside("E12000001", 10),
    ],
)
def test_what_was_counted_otherwise_stands_beside_nothing(england: Any) -> None:
    assert said(page(release(beside(DARLINGTON, 140), england)), "change") == []


def test_what_a_definition_calls_context_stands_beside_nothing() -> None:
    one = {"measure_id": "ar_completed_pct"}
    figures = (beside(DARLINGTON, 140, **one), beside(ENGLAND, 10, **one))
    made = release(*figures, summer(measure_id="ar_decision_4w_pct"), summer(**one))
    assert load_measures()["ar_completed_pct"].benchmarks[0].comparable is False
    assert "other places" not in " ".join(texts_of(page(made, "reviews")))


def test_what_an_owner_says_stands_under_what_we_do_with_its_hard_words_explained() -> None:
    words = "We write plans sooner. We pay for mediation."
    said_of = (Said("ehcp_20w_incl", words), Said("nd_waiting", "We run clinics."))
    topic = page(release(said=said_of))
    assert said(topic, "doing") == [
        "We write plans sooner.",
        "We pay for **mediation**.",
        "Mediation is a meeting to try to agree.",
    ]


def test_the_newest_answers_on_the_topic_stand_under_you_said() -> None:
    def answered(topic: str, day: int) -> Answered:
        return Answered(topic, f"Said on day {day}.", "We did it.", dt.date(2026, 9, day))

    found = (answered("", 9), answered("plans-on-time", 1), answered("plans-on-time", 5))
    topic = page(release(answered=(*found, answered("sent-home", 8))))
    assert [pair.said for pair in topic.pairs] == ["Said on day 5.", "Said on day 1."]
    elsewhere = page(release(answered=found), "plans")
    assert [pair.said for pair in elsewhere.pairs] == ["Said on day 9."]


def test_the_days_that_were_counted_are_said_in_full() -> None:
    open_cases = {"measure_id": "ehcp_open_over_20w", "basis": "snapshot"}
    made = release(summer(), summer(**open_cases, numerator=40, denominator=None, value=40))
    assert said(page(made), "counted") == [
        "We counted from Friday 1 May 2026 to Monday 31 August 2026.",
        "We counted some things on Monday 31 August 2026.",
    ]


def test_the_title_is_the_season_and_the_year_it_lies_in() -> None:
    autumn = release(term=parse_term("2025-26 autumn"))
    assert pages(autumn).title == "SEND in Darlington: Autumn 2025"
    assert pages(release()).title == "SEND in Darlington: Summer 2026"


def test_the_next_update_stays_true_and_is_late_after_its_day() -> None:
    day = dt.date(2027, 1, 12)
    content = pages(release(next_on=day))
    assert content.next_update == "We will update this page on Tuesday 12 January 2027."
    assert content.late == ""
    late = build_content(release(next_on=day), day + dt.timedelta(days=1))
    assert late.late == "This is late."
    assert (late_words(day, day), late_words(None, day)) == ("", "")
    assert (late_words_in_full(day, day), late_words_in_full(None, day)) == ((), ())
    assert late_words_in_full(day, day + dt.timedelta(days=1)) == (
        "We said we would update this page on Tuesday 12 January 2027.",
        "This is late.",
    )
    assert "We do not know yet" in pages(release()).next_update


def test_invented_numbers_are_said_to_be_invented_and_others_not() -> None:
    assert pages(release(summer())).invented.startswith("These numbers are not real.")
    assert pages(release(summer(invented=False))).invented == ""


def with_settings(**facts: Any) -> PublicRelease:
    return release(area=load_area_settings()[DARLINGTON].model_copy(update=facts))


def test_the_pages_say_who_checked_them_or_that_nobody_did() -> None:
    assert "Not yet checked" in pages(release()).checked
    public = load_area_settings()[DARLINGTON].public
    assert public is not None
    reviewed = Reviewed(by="The Tuesday Group", on=dt.date(2026, 9, 1))
    checked = with_settings(public=public.model_copy(update={"reviewed": reviewed}))
    words = "The Tuesday Group checked these pages on Tuesday 1 September 2026."
    assert pages(checked).checked == words


def test_who_can_help_is_free_advice_first_and_a_gap_is_said() -> None:
    contacts = (
        Contact(name="A Parent Carer Forum", phone="01325 000000"),
        Contact(name="A SENDIASS", web="https://example.org"),
        Contact(name="Somebody else"),
    )
    found = pages(with_settings(contacts=contacts))
    assert found.helpers == (
        Help("A SENDIASS", "This is free help and advice for families.", web="https://example.org"),
        Help(
            "A Parent Carer Forum",
            "This is a group of parents. They tell us what families need.",
            "family",
            phone="01325 000000",
        ),
        Help("Somebody else", "They can help you."),
    )
    assert found.unreached
    assert found.unreached.sentences[0] == "We do not have all their phone numbers here yet."
    assert pages(with_settings(contacts=contacts[:2])).unreached is None
    nobody = pages(with_settings(contacts=())).unreached
    assert nobody
    assert nobody.sentences[0] == "We do not have the names of helpers yet."


def test_the_front_page_says_how_the_first_number_was_a_year_before() -> None:
    then = summer(2025, numerator=60, denominator=100)
    better = page(release(summer(numerator=79, denominator=100), then))
    assert better.headline == "About 8 out of 10 plans were ready on time."
    assert better.change == "This is better than in summer 2025."
    assert page(release(summer())).change == "", "nothing to compare with"


def test_where_the_first_number_is_hidden_the_next_one_answers_on_the_front_page() -> None:
    hidden = summer(numerator=None, denominator=None, value=None, symbol="c")
    middle = summer(measure_id="ehcp_weeks_median", numerator=None, denominator=None, value=30.4)
    found = page(release(hidden, middle))
    assert found.headline == "Half of the plans took less than 7 months."


def test_the_last_day_counted_is_that_of_the_newest_number() -> None:
    assert pages(release(summer())).counted_until == dt.date(2026, 8, 31)


def test_the_same_release_gives_the_same_pages() -> None:
    assert pages(whole_release(USUAL, USUAL)) == pages(whole_release(USUAL, USUAL))
