"""With more areas in one database an area's pages stay the same and read no other area's rows."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.engine import URL

from dashboard import create_app
from dashboard.hosting import demonstration
from dashboard.plan.sample import load_sample_plan
from schemas.database import Database
from schemas.observation import Observation
from schemas.term import Term
from tests.dashboard.published import copied
from tests.scale.areas import OWN, every_area
from tests.scale.build import add_areas, begin
from tests.scale.cluster import new_database
from tests.scale.pages import measure_pages
from tests.scale.pattern import Pattern, read_pattern
from tests.scale.plans import find_read_through, noting
from tests.scale.subject import Subject, open_subject
from tests.scale.table import table

_TERMS = 4
_ALONE = ("", "measure/ehcp_20w_excl", "gaps", "plan")
_PAGES = (*_ALONE, "measure/ehcp_20w_excl/compare")  # which shows the others, as publishers do


@pytest.fixture(scope="module")
def pattern(published: Database, tmp_path_factory: pytest.TempPathFactory) -> Pattern:
    database = copied(published, tmp_path_factory.mktemp("pattern"))
    load_sample_plan(database)
    found = read_pattern(database, OWN)
    database.close()
    return found


@pytest.fixture(scope="module")
def subjects(postgresql: URL, pattern: Pattern) -> Iterator[list[Subject]]:
    """One area alone, and among three."""
    one = open_subject(new_database(postgresql, "scale_1"), 1)
    begin(one.database)
    add_areas(one.database, pattern, 0, 1, _TERMS)
    one.database.close()
    three = open_subject(new_database(postgresql, "scale_3", "scale_1"), 3)
    add_areas(three.database, pattern, 1, 3, _TERMS)
    yield [one, three]
    for subject in (one, three):
        subject.database.close()


def test_every_upper_tier_area_of_england_is_there() -> None:
    assert len({area.code for area in every_area()}) == 153


def test_an_area_has_the_figures_of_its_terms_and_so_many_times_the_counts(
    pattern: Pattern,
) -> None:
    (now,) = _active(pattern, pattern.newest, 1)
    (then,) = _active(pattern, pattern.newest.shifted(-12), 3)
    assert (now.period, then.period) == ("2025-26 summer", "2021-22 summer")
    assert (now.period_end, then.period_end) == ("2026-08-31", "2022-08-31")
    assert now.value
    assert then.value == 3 * now.value


def test_the_pages_of_an_area_are_the_same_beside_others(subjects: list[Subject]) -> None:
    alone, among = (_main_parts(_server(one)) for one in subjects)
    assert alone == among


def test_no_page_reads_through_the_rows_of_other_areas(subjects: list[Subject]) -> None:
    one = subjects[-1]
    client = _server(one).test_client()
    with noting(one.database) as noted:
        for page in (*_PAGES, *_PAGES):
            assert client.get(f"/dashboard/{OWN}/{page}").status_code == 200
    assert len(noted) > 10
    with one.database.reading() as connection:
        found = {said.text: find_read_through(connection, said) for said in noted}
    assert {text: names for text, names in found.items() if names} == {}


def test_the_command_measures_both_and_prints_their_ratio(subjects: list[Subject]) -> None:
    found = measure_pages(subjects, rounds=1, measures=1, public=False)
    printed = table(found, ["1", "3"])
    assert "| measure page |" in printed
    assert "3 : 1" in printed.splitlines()[0]


def _active(pattern: Pattern, term: Term, times: int) -> list[Observation]:
    """The plans that are active at the end of a term."""
    ones = pattern.of_term(term, OWN, times)
    return [
        one
        for one in ones
        if (one.measure_id, one.period, one.breakdown) == ("ehcp_active", term.label, "all")
    ]


def _server(one: Subject) -> Flask:
    return create_app(one.database, one.settings, demonstration())


def _main_parts(server: Flask) -> list[str]:
    """Without the head and the list of areas, which may name the others."""
    client = server.test_client()
    pages = [client.get(f"/dashboard/{OWN}/{page}").text for page in _ALONE]
    return [page[page.index("<main") : page.index("</main>")] for page in pages]
