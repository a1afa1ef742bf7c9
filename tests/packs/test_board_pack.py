"""A pack says what the release says: figures, attention, owners' words, what changed."""

import dataclasses
import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pptx import Presentation
from sqlalchemy import insert, select

from dashboard.address import Address
from dashboard.edition import Edition
from dashboard.packs.asked import Asked, of_theme
from dashboard.packs.changes import changes_page
from dashboard.packs.document.draw import draw_document
from dashboard.packs.gather import build_pack
from dashboard.packs.held import Held
from dashboard.packs.pack import Section
from dashboard.packs.paper.draw import draw_paper
from dashboard.packs.reading import read_true
from dashboard.packs.refused import PackRefused
from dashboard.packs.short_quality import short_quality_page
from dashboard.packs.slides.draw import draw_slides
from dashboard.packs.summary import summary_page
from dashboard.pages.notices import Notice
from dashboard.settings import Settings
from schemas.area import ENGLAND
from schemas.database import Database
from schemas.tables import commentary, observation, vintage
from tests.dashboard.page_text import opened, words
from tests.dashboard.published import copied
from tests.packs.conftest import AREA, Gather
from tests.packs.said import (
    measure_pages,
    pages,
    summary,
    table,
    titles,
    words_page,
)

TERM = re.compile(r"(Autumn|Spring|Summer) (20\d\d)/(\d\d)")


@pytest.fixture(scope="session")
def held(published: Database, settings: Settings, newest: Edition) -> Held:
    address = Address(settings.areas[AREA], "overview", query={"edition": str(newest.name)})
    with published.reading() as connection:
        return read_true(connection, settings, address, newest)


def as_stored(words_of_term: str) -> str:
    """`2025-26 summer` of `Summer 2025/26`."""
    found = TERM.fullmatch(words_of_term)
    assert found
    return f"{found[2]}-{found[3]} {found[1].lower()}"


def stored(database: Database, settings: Settings, measure_id: str) -> dict[str, float | None]:
    """The area's own headline figures by term, as they stand in the table."""
    measure = settings.measures[measure_id]
    o = observation.c
    query = (
        select(o.period, o.value)
        .where(o.measure_id == measure_id, o.area_code == AREA, o.basis == measure.basis)
        .where(o.breakdown == measure.headline.breakdown, o.category == measure.headline.category)
        .where(o.release_version_id.is_not(None), o.superseded_by_id.is_(None))
    )
    with database.reading() as connection:
        return {row.period: row.value for row in connection.execute(query) if " " in row.period}


def own_values(pack_page: object) -> list[float | None]:
    """The area's own line, whatever stretches it was drawn in."""
    chart = pack_page.chart  # type: ignore[attr-defined]
    own = [one.values for one in chart.series if one.key == "own"]
    return [next((x for x in place if x is not None), None) for place in zip(*own, strict=True)]


def test_every_chart_holds_the_release_figures_unrounded(
    gather: Gather, published: Database, settings: Settings
) -> None:
    found = measure_pages(gather())
    assert len(found) == 68
    for measure_id, page in found.items():
        assert page.chart is not None
        terms = [as_stored(one) for one in page.chart.categories]
        there = stored(published, settings, measure_id)
        assert own_values(page) == [there.get(term) for term in terms], measure_id


def test_england_stands_at_each_term_of_its_own_year_and_nowhere_else(
    gather: Gather, published: Database
) -> None:
    chart = measure_pages(gather())["ehcp_20w_excl"].chart
    assert chart
    line = next(one for one in chart.series if one.key == "england")
    o = observation.c
    query = (
        select(o.period, o.value)
        .join(vintage, vintage.c.id == o.vintage_id)
        .where(o.measure_id == "ehcp_20w_excl", o.area_code == ENGLAND, o.breakdown == "all")
        .where(o.basis == "calendar_year")
        .order_by(vintage.c.id)
    )
    with published.reading() as connection:
        years = {row.period: row.value for row in connection.execute(query)}
    for place, value in zip(chart.categories, line.values, strict=True):
        found = TERM.fullmatch(place)
        assert found
        year = str(int(found[2]) + (found[1] != "Autumn"))
        assert value == years.get(year), place
    assert line.kind == "year"
    assert "is marked at every term of its year" in chart.alt


def test_a_chart_has_no_more_than_five_lines(gather: Gather) -> None:
    for page in measure_pages(gather()).values():
        assert page.chart is not None
        keys = {one.key for one in page.chart.series}
        limits = {"mean", "upper", "lower"}
        assert len(keys - limits) + bool(keys & limits) <= 5
        assert not {"region", "neighbours"} <= keys


def test_nothing_is_joined_across_a_day_of_counting_anew(gather: Gather) -> None:
    chart = measure_pages(gather())["ehe_send"].chart
    assert chart
    before, after = (one for one in chart.series if one.key == "own")
    assert before.label == "Darlington, before 1 September 2024"
    assert not [1 for pair in zip(before.values, after.values, strict=True) if None not in pair]


def test_the_page_of_a_measure_says_what_its_page_on_screen_says(
    gather: Gather, client: FlaskClient
) -> None:
    for measure_id in ("ehcp_20w_excl", "nd_over_104w", "suspension_rate"):
        page = measure_pages(gather())[measure_id]
        screen = words(opened(client, page.url))
        rows = [" ".join(row) for row in page.table.rows]
        said = [page.sentence, page.about, *page.sources, *(one.words for one in page.verdicts)]
        said += [words for _, words in page.definition] + rows
        said += [words for one in page.commentary for _, words in one.parts]
        assert [one for one in said if one not in screen] == []


def test_what_needs_attention_is_what_the_overview_says(
    gather: Gather, client: FlaskClient, newest: Edition
) -> None:
    overview = opened(client, f"/dashboard/{AREA}/?edition={newest.name}")
    shown = {
        str(row.find("a")["href"]).split("/measure/")[1].split("?")[0]: words(
            row.find(class_="attention")
        )
        for row in overview.select("tr.needs")
    }
    rows = [row for _, group in summary(gather()).groups for row in group]
    assert sorted("; ".join(row.attention) for row in rows if row.attention) == sorted(
        shown.values()
    )
    needing = {name for name, said in shown.items() if said != "Explained by its owner"}
    assert set(measure_pages(gather("exceptions"))) == needing


def test_the_owners_words_come_first_among_exceptions(gather: Gather) -> None:
    pack = gather("exceptions")
    section = next(one for one in pack.sections if one.title == "What needs attention")
    assert section.pages[0].title == "What the owners say"
    explained = [bool(page.commentary) for page in measure_pages(pack).values()]
    assert explained == sorted(explained, reverse=True)
    assert explained[0]
    assert not explained[-1]


def test_a_full_pack_has_every_measure_once_under_the_priorities(
    gather: Gather, settings: Settings
) -> None:
    pack = gather()
    names = [one.title for one in pages(pack)]
    assert len(names) == len(set(names))
    priorities = [one.title for one in settings.areas[AREA].priorities]
    assert titles(pack) == [
        "Summary",
        "What needs attention",
        *priorities,
        "What changed since last time",
        "Data quality",
        "Methods in short",
    ]
    rows = sum(len(group) for _, group in summary(pack).groups)
    assert rows == len(settings.measures_of(settings.areas[AREA]))


def test_a_theme_has_its_measures_only(gather: Gather, settings: Settings) -> None:
    area = settings.areas[AREA]
    mine = {one.id for one in of_theme(area, settings.measures_of(area), "health_waits")}
    pack = gather("theme", "health_waits")
    assert set(measure_pages(pack)) == mine
    assert pack.subtitle == "Waits for health services"
    assert pack.sections[0].intro[0].startswith(f"{len(mine)} measures were looked at")


def test_how_much_was_looked_at_is_said_first(gather: Gather, held: Held) -> None:
    tests = 0
    for one in held.now.judged.values():
        tests += sum(comparison.word is not None for comparison in one.comparisons)
        tests += (one.change.word is not None) + (one.yearly.word is not None)
        tests += one.control.variation is not None
    assert (
        gather()
        .sections[0]
        .intro[0]
        .startswith(f"68 measures were looked at and {tests} tests were made.")
    )


def test_every_paper_says_who_may_see_it_and_that_it_is_invented(gather: Gather) -> None:
    pack = gather()
    assert pack.marking.startswith("For the partnership: small numbers are not hidden.")
    assert pack.invented.startswith("Invented sample data")


def test_the_same_edition_gives_the_same_pack_whatever_comes_later(
    gather: Gather, published: Database, settings: Settings, newest: Edition, tmp_path: Path
) -> None:
    later = copied(published, tmp_path)
    with later.writing() as connection:
        connection.execute(
            insert(commentary).values(
                area_code=AREA,
                measure_id="ehcna_6w_pct",
                term="2025-26 summer",
                what_happened="Written after the edition.",
                why="It was late.",
                action="Nothing.",
                written_by_role="Head of SEND",
                written_at="2030-01-01T00:00:00+00:00",
            )
        )
    again = build_pack(later, settings, settings.areas[AREA], newest, Asked("full", "", "true"))
    later.close()
    assert again == gather()


def test_what_began_and_ended_since_the_term_before_is_told(
    gather: Gather, client: FlaskClient
) -> None:
    now, then = (
        {
            words(row.find(class_="on-screen")): words(row.find(class_="attention"))
            for row in opened(client, f"/dashboard/{AREA}/{query}").select("tr.needs")
        }
        for query in ("", "?edition=2025-26-spring.1.34.0")
    )
    page = words_page(gather(), "Since last time")
    assert page.paragraphs[0].startswith("Set beside Spring term 2025/26, version 1")
    ended = [name for name in then if name not in now]
    assert ended
    for name in ended:
        assert any(point.startswith(f"{name}, no longer: ") for point in page.points)


def test_a_corrected_figure_a_notice_and_a_new_definition_are_told(held: Held) -> None:
    view = held.now.views["ehcp_20w_excl"]
    *points, last = view.terms.points
    terms = dataclasses.replace(
        view.terms, points=(*points, dataclasses.replace(last, value=50.0, numerator=39.0))
    )
    then = dataclasses.replace(view, terms=terms)
    groups = tuple(
        dataclasses.replace(group, views=tuple(then if one is view else one for one in group.views))
        for group in held.now.groups
    )
    versions = {**held.now.versions, "ehcp_20w_excl": 7}
    before = dataclasses.replace(held.now, groups=groups, versions=versions, words="Version 0")
    notice = Notice("The figures were corrected.", (("What was wrong", "A column."),))
    page = changes_page(dataclasses.replace(held, before=before, since=(notice,)))
    assert table(page, "Figures that were corrected").rows == (
        ("20 weeks, without exceptions", "Summer 2025/26", "83.1%", "50.0%"),
    )
    assert "The figures were corrected. What was wrong: A column." in page.paragraphs
    assert page.points == (
        "New EHC plans finished within 20 weeks, leaving out exceptions: counted by version 1 of "
        "its definition, last time 7.",
    )


def test_a_measure_that_is_new_or_no_longer_sent_is_told(held: Held) -> None:
    without = dataclasses.replace(
        held.now.views["ehcp_20w_excl"],
        terms=dataclasses.replace(held.now.views["ehcp_20w_excl"].terms, points=()),
    )
    groups = tuple(
        dataclasses.replace(
            group,
            views=tuple(
                without if one.measure.id == "ehcp_20w_excl" else one for one in group.views
            ),
        )
        for group in held.now.groups
    )
    empty = dataclasses.replace(held.now, groups=groups)
    new = changes_page(dataclasses.replace(held, before=empty)).points
    gone = changes_page(dataclasses.replace(held, now=empty, before=held.now)).points
    title = without.measure.title
    assert f"{title}: new, there were no figures last time." in new
    assert f"{title}: the figures of last time are no longer there." in gone


def test_data_quality_says_what_is_late_hidden_and_remarked(gather: Gather) -> None:
    sheets = table(words_page(gather(), "What was sent"), "Sheets that are sent each term")
    assert len(sheets.rows) == 13
    assert ("EHC plans", "Darlington Borough Council", "Summer 2025/26", "Sent") in sheets.rows
    caption = "Each measure: how far its figures can be leaned on"
    rows = {
        row[0]: row for row in table(words_page(gather(), "Each measure’s figures"), caption).rows
    }
    assert rows["Missing education"][3] == "1: hidden to protect privacy"
    assert rows["20 weeks, without exceptions"][2] == "12 of 12"
    remarks = words_page(gather(), "What must be known of the figures").points
    assert remarks[0].startswith("The sender says of the newest file: “Invented sample data.")


def test_exceptions_have_only_what_needs_attention_and_say_how_many_others(
    gather: Gather,
) -> None:
    page, every = summary(gather("exceptions")), summary(gather())
    rows = [row.title for _, group in page.groups for row in group]
    needing = len(measure_pages(gather("exceptions")))
    assert len(rows) == needing
    assert set(rows) <= {row.title for _, group in every.groups for row in group}
    assert page.intro[0] == (
        f"The other {68 - needing} measures were looked at in the same way. The paper of every "
        "measure has them all."
    )


def test_exceptions_say_of_data_quality_only_what_is_wrong(gather: Gather) -> None:
    page = words_page(gather("exceptions"), "How good the figures are")
    assert page.points == ("Too few figures to compare. (EHC plans by main need)",)
    assert "67 of 68 measures have a newest number, on time and large enough. Not so:" in (
        page.paragraphs
    )
    senders = table(page, "Who sent what").rows
    assert [(row[0], row[2], row[3]) for row in senders] == [
        ("Darlington Borough Council", "Summer 2025/26", "Sent"),
        ("NHS North East and North Cumbria ICB", "Summer 2025/26", "Sent"),
    ]
    sheets = [sheet for row in senders for sheet in row[1].split("; ")]
    sent = table(words_page(gather(), "What was sent"), "Sheets that are sent each term")
    assert sorted(sheets) == sorted(row[0] for row in sent.rows)


def test_what_is_late_not_sent_or_hidden_is_named_in_short(held: Held) -> None:
    views = dict(held.views)
    late, none, hidden = (views[x] for x in ("ehcp_20w_excl", "nd_waiting", "cme_send"))
    last = hidden.terms.points[-1]
    changed = {
        "ehcp_20w_excl": dataclasses.replace(
            late, terms=dataclasses.replace(late.terms, points=late.terms.points[:-1])
        ),
        "nd_waiting": dataclasses.replace(
            none, terms=dataclasses.replace(none.terms, points=()), area_latest_term=""
        ),
        "cme_send": dataclasses.replace(
            hidden,
            terms=dataclasses.replace(
                hidden.terms,
                points=(
                    *hidden.terms.points[:-1],
                    dataclasses.replace(last, value=None, symbol="c"),
                ),
            ),
        ),
    }
    page = short_quality_page(dataclasses.replace(held, views=views | changed))
    assert "Not sent for Summer 2025/26. (20 weeks, without exceptions)" in page.points
    assert "Not sent yet. (Waiting: autism or ADHD)" in page.points
    assert "No newest number: hidden to protect privacy. (Missing education)" in page.points
    assert page.paragraphs[-1].startswith("64 of 68 measures")


def test_nothing_that_needs_attention_is_said_and_drawn_all_the_same(
    held: Held, gather: Gather
) -> None:
    page = summary_page(held, [])
    assert page.groups == ()
    assert page.intro[0] == "Nothing needs attention. The paper of every measure has all 68."
    pack = gather("exceptions")
    quiet = dataclasses.replace(pack, sections=(Section("Summary", (), (page,)),))
    assert len(Presentation(io.BytesIO(draw_slides(quiet))).slides) == 3
    assert draw_document(quiet)
    assert draw_paper(quiet).startswith(b"%PDF-")


def test_exceptions_stay_within_what_a_board_reads(gather: Gather) -> None:
    pack = gather("exceptions")
    assert len(Presentation(io.BytesIO(draw_slides(pack))).slides) <= 25
    assert len(re.findall(rb"/Type ?/Page\b", draw_paper(pack))) <= 14


def test_there_is_no_protected_pack_of_what_everyone_was_never_shown(
    published: Database, settings: Settings, newest: Edition
) -> None:
    asked = Asked("full", "", "protected")
    with pytest.raises(PackRefused, match="was not published to everyone"):
        build_pack(published, settings, settings.areas[AREA], newest, asked)
