"""R54: the statement has what the law asks for, says no more than is known, and marks its gaps."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from dashboard.public.accessibility import (
    LAW,
    build,
    build_files,
    find_gaps,
    statement_address,
)
from schemas.area_settings import AreaSettings, load_area_settings
from schemas.database import Database
from schemas.public import AccessibilityFacts, Reviewed
from tests.public.families_server import area_with, families_server

OPEN = "\N{LEFT SINGLE QUOTATION MARK}"
FILLED = AccessibilityFacts(
    email="access@council.example",
    phone="01325 555 000",
    post="Access team, Town Hall, Darlington",
    reply_days=10,
    prepared_on=dt.date(2026, 3, 3),
    reviewed_on=dt.date(2026, 10, 1),
    tested_on=dt.date(2026, 9, 30),
    tested_by="the council’s digital team",
)


def filled() -> AreaSettings:
    return area_with(address="https://send.example", accessibility=FILLED)


def page(area: AreaSettings) -> BeautifulSoup:
    return BeautifulSoup(build(area), "html.parser")


def words(area: AreaSettings) -> str:
    return " ".join(page(area).get_text(" ").split()).replace(" ,", ",").replace(" .", ".")


def under(area: AreaSettings, heading_id: str) -> str:
    """What stands between a heading and the next of its level or a higher one."""
    heading = page(area).find(id=heading_id)
    assert heading is not None, heading_id
    found = []
    for one in heading.find_next_siblings():
        if one.name in ("h1", "h2", heading.name):
            break
        found.append(one.get_text(" "))
    return " ".join(" ".join(found).split())


def test_part_a_says_what_is_not_accessible_and_why() -> None:
    said = under(filled(), "non-compliance")
    assert "WCAG 2.2 success criteria 1.1.1" in said
    assert "not been tested with screen readers" in said
    assert under(filled(), "burden")
    assert under(filled(), "out-of-scope")


def test_part_b_names_an_alternative_for_each() -> None:
    heading = page(filled()).find(id="non-compliance")
    assert heading is not None
    listed = heading.find_next("ul")
    assert listed is not None
    every = [one.get_text() for one in listed.find_all("li")]
    assert every
    assert [one for one in every if "What to use instead:" not in one] == []


def test_part_c_links_to_a_form_and_the_other_ways_to_ask() -> None:
    soup = page(filled())
    heading = soup.find(id="feedback")
    assert heading is not None
    links = [one["href"] for one in heading.find_all_next("a")]
    assert links[:3] == [
        "/easy-read/darlington/tell-us/",
        "mailto:access@council.example",
        "tel:01325555000",
    ]
    said = under(filled(), "feedback")
    assert "large print, easy read, audio recording or braille" in said
    assert "get back to you in 10 days" in said


def test_part_d_links_to_the_enforcement_procedure_in_the_words_of_the_law() -> None:
    said = under(filled(), "enforcement")
    assert said == (
        "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public "
        "Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 "
        f"(the {OPEN}accessibility regulations’). If you’re not happy with how we respond to your "
        "complaint, contact the Equality Advisory and Support Service (EASS) ."
    )
    links = {one["href"] for one in page(filled()).find_all("a")}
    assert "https://www.equalityadvisoryservice.com/" in links
    assert "https://www.equalityhumanrights.com/" in links


def test_the_words_the_law_prescribes_are_there_unchanged() -> None:
    said = words(filled())
    assert "This accessibility statement applies to https://send.example" in said
    assert (
        f"Darlington Borough Council is committed to making its website accessible, in accordance "
        f"with the {LAW}."
    ) in said
    assert (
        "This website is partially compliant with the Web Content Accessibility Guidelines version "
        "2.2 AA standard, due to the non-compliances listed below."
    ) in said
    assert "The content listed below is non-accessible for the following reasons." in said


def test_the_dates_and_the_tester_are_said_in_full() -> None:
    said = under(filled(), "preparation")
    assert "This statement was prepared on 3 March 2026." in said
    assert "It was last reviewed on 1 October 2026." in said
    assert "last tested on 30 September 2026 against the WCAG 2.2 AA standard" in said
    assert "The test was carried out by the council’s digital team." in said


def test_it_claims_nothing_that_nobody_tested() -> None:
    said = words(filled())
    assert "fully compliant with" not in said
    assert "disabled people and screen reader users have not tested this website yet" in said
    assert "people with learning disabilities have not checked the easy-read pages yet" in said


def test_a_group_that_checked_the_pages_is_named() -> None:
    checked = area_with(reviewed=Reviewed(by="the Easy Info Group", on=dt.date(2026, 9, 1)))
    said = words(checked)
    assert "checked by the Easy Info Group" in said
    assert "have not checked the easy-read pages yet" not in said


@pytest.mark.parametrize("area", load_area_settings().values(), ids=lambda one: one.code)
def test_each_gap_of_an_area_is_marked_on_its_page(area: AreaSettings) -> None:
    marked = [one.get_text() for one in page(area).select(".gap")]
    expected = [f"[The council still has to say this: {gap.words}]" for gap in find_gaps(area)]
    assert marked == expected
    assert "None" not in words(area)


def test_every_gap_names_the_setting_that_fills_it() -> None:
    gaps = find_gaps(area_with())
    assert {gap.setting for gap in gaps} == {
        "public.address",
        *(f"public.accessibility.{name}" for name in AccessibilityFacts.model_fields),
    }


def test_a_filled_statement_has_no_gap() -> None:
    assert find_gaps(filled()) == []
    assert "still has to say" not in words(filled())


def test_a_static_site_holds_the_same_bytes_as_the_server(database: Database) -> None:
    client = families_server(database, filled()).test_client()
    for file in build_files(filled()):
        name = file.path.removeprefix("accessibility/").removesuffix("index.html")
        answer = client.get(f"{statement_address('darlington')}{name}")
        assert (answer.data, answer.mimetype) == (file.body, file.kind)
        etag = {"If-None-Match": answer.headers["ETag"]}
        again = client.get(f"{statement_address('darlington')}{name}", headers=etag)
        assert again.status_code == 304
    assert build(filled()) == build(filled())


@pytest.mark.parametrize("path", ["nowhere/", "darlington/other.css", "darlington/index.htm"])
def test_nothing_else_stands_there(database: Database, path: str) -> None:
    client = families_server(database).test_client()
    assert client.get(f"/accessibility/{path}").status_code == 404
