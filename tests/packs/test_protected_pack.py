"""A protected pack holds what everyone may see, and depends on nothing else."""

import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.edition import Edition
from dashboard.packs.asked import Asked
from dashboard.packs.gather import build_pack
from dashboard.packs.pack import Pack
from dashboard.packs.public_editions import find_public, get_public_before
from dashboard.packs.refused import PackRefused
from dashboard.public.figures import PublicFigure
from dashboard.publication.before import unpack_decided
from dashboard.settings import Settings
from schemas.database import Database
from schemas.public_tables import public_bundle
from tests.dashboard.published import copied
from tests.packs.conftest import AREA, newest_of
from tests.packs.said import measure_pages, values, words_page
from tests.public.attacker.editions import Editions
from tests.public.small_publications import withdraw

FULL = Asked("full", "", "protected")


def protected(database: Database, settings: Settings, asked: Asked = FULL) -> Pack:
    return build_pack(database, settings, settings.areas[AREA], newest_of(database), asked)


@pytest.fixture(scope="module")
def pack(editions: Editions, settings: Settings) -> Pack:
    return protected(editions.database, settings)


def decided(database: Database) -> Iterator[PublicFigure]:
    """Every own figure of the newest publication, shown or hidden."""
    query = select(public_bundle.c.figures).order_by(public_bundle.c.id.desc()).limit(1)
    with database.reading() as connection:
        kept = unpack_decided(connection.execute(query).scalar_one())
    for term in kept.terms.values():
        yield from term.figures


def headlines(database: Database, settings: Settings) -> dict[str, dict[str, PublicFigure]]:
    """The public headline figures of each measure, by term."""
    found: dict[str, dict[str, PublicFigure]] = {}
    for one in decided(database):
        measure = settings.measures[one.measure_id]
        kind = (measure.headline.breakdown, measure.headline.category, measure.basis)
        if (one.breakdown, one.category, one.basis) == kind and " " in one.period:
            found.setdefault(one.measure_id, {})[one.period] = one
    return found


def as_stored(words_of_term: str) -> str:
    season, years = words_of_term.split(" ")
    return f"{years.replace('/', '-')} {season.lower()}"


def test_every_chart_holds_the_public_figures_and_none_that_is_hidden(
    editions: Editions, settings: Settings, pack: Pack
) -> None:
    found, hidden = measure_pages(pack), 0
    for measure_id, figures in headlines(editions.database, settings).items():
        hidden += sum(one.symbol == "c" for one in figures.values())
        chart = found[measure_id].chart
        if chart is None:
            assert all(one.value is None for one in figures.values())
            continue
        own = [one.values for one in chart.series if one.key == "own"]
        for place, *drawn in zip(chart.categories, *own, strict=True):
            shown = figures.get(as_stored(place))
            value = next((one for one in drawn if one is not None), None)
            assert value == (shown.value if shown else None), (measure_id, place)
    assert hidden > 3


def test_a_hidden_figure_is_said_to_be_hidden_in_the_table(
    editions: Editions, settings: Settings, pack: Pack
) -> None:
    found = measure_pages(pack)
    for measure_id, figures in headlines(editions.database, settings).items():
        rows = {row[0]: row[1] for row in found[measure_id].table.rows}
        for period, one in figures.items():
            years, season = period.split(" ")
            if one.symbol == "c":
                words = f"{season.capitalize()} term {years.replace('-', '/')}"
                assert rows[words] == "hidden to protect privacy"


@pytest.mark.parametrize("template", ["full", "profile", "exceptions"])
def test_no_word_of_it_depends_on_a_true_figure(
    template: str, editions: Editions, settings: Settings, tmp_path: Path
) -> None:
    """With every true figure another one, and every remark and comment of the partnership."""
    asked = dataclasses.replace(FULL, template=template)
    other = copied(editions.database, tmp_path)
    with closing(sqlite3.connect(str(other.read.url.database))) as raw:
        guards = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in guards:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(
            "UPDATE observation SET numerator = numerator * 1.4 + 3, value = value * 1.7 + 5, "
            "denominator = denominator + 11 WHERE release_version_id IS NOT NULL"
        )
        raw.execute("UPDATE extract_file SET coverage_note = 'Only partners may read this.'")
        raw.execute(
            "UPDATE commentary SET what_happened = 'Secret.', why = 'Secret.', action = 'Secret.'"
        )
        raw.commit()
    assert protected(other, settings, asked) == protected(editions.database, settings, asked)
    other.close()


def test_of_what_owners_say_only_the_sentence_for_families_is_there(
    editions: Editions, pack: Pack
) -> None:
    said = [one for page in measure_pages(pack).values() for one in page.commentary]
    assert len(said) == 6
    assert {head for one in said for head, _ in one.parts} == {"For families"}


def test_it_says_whose_figures_they_are_and_what_is_left_out(
    editions: Editions, pack: Pack
) -> None:
    assert pack.numbers == "protected"
    assert pack.marking == "Protected figures, as everyone may see them: small numbers are hidden."
    methods = words_page(pack, "How the figures are made and judged")
    assert methods.paragraphs[0].startswith("Protected figures: small counts of children")
    texts = [one for one in values(pack) if isinstance(one, str)]
    assert not [one for one in texts if "small numbers are not hidden" in one]
    assert not [one for one in texts if one.startswith("The sender")]


def test_it_is_set_beside_the_publication_before(editions: Editions, pack: Pack) -> None:
    page = words_page(pack, "Since last time")
    assert page.paragraphs[0].startswith("Set beside Spring term 2025/26, version 1")


def test_each_publication_is_found_by_its_edition(editions: Editions) -> None:
    edition = newest_of(editions.database)
    with editions.database.reading() as connection:
        newest = find_public(connection, AREA, edition)
        assert newest
        before = get_public_before(connection, AREA, newest)
        assert before
        assert (newest.name, before.name) == ("2025-26-summer-v1.0", "2025-26-spring-v1.0")
        assert get_public_before(connection, AREA, before) is None


def test_a_withdrawn_publication_gives_no_protected_pack(
    editions: Editions, settings: Settings, tmp_path: Path
) -> None:
    other = copied(editions.database, tmp_path)
    edition: Edition = newest_of(other)
    with other.reading() as connection:
        version = connection.scalar(
            select(public_bundle.c.release_version_id).order_by(public_bundle.c.id.desc()).limit(1)
        )
    withdraw(other, int(version or 0))
    with pytest.raises(PackRefused, match="was not published to everyone, or was withdrawn"):
        build_pack(other, settings, settings.areas[AREA], edition, FULL)
    other.close()


def test_what_is_left_out_was_sent_so_nobody_is_told_that_it_was_not(pack: Pack) -> None:
    texts = [one for one in values(pack) if isinstance(one, str)]
    wrong = ("Not sent", "Nothing sent", "Newest term not sent", "No newest figure")
    assert not [one for one in texts if any(words in one for words in wrong)]


def test_what_publishers_say_is_not_called_invented(
    editions: Editions, settings: Settings, pack: Pack
) -> None:
    own = headlines(editions.database, settings)
    only_published = [page for name, page in measure_pages(pack).items() if name not in own]
    assert only_published
    for page in only_published:
        assert not [row for row in page.table.rows if "invented" in " ".join(row)]
