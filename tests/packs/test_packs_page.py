"""The page that offers packs, and the files it leads to."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import docx
import pptx
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.address import parse_page
from dashboard.assets import Assets
from dashboard.components.explore import Explorer
from dashboard.edition import Edition
from dashboard.packs.files import KINDS
from dashboard.pages.packs import packs_file, packs_page
from dashboard.pages.site import Site
from dashboard.settings import Settings
from schemas.database import Database
from schemas.resources import resource_folder
from tests.dashboard.page_text import AREA, DURHAM, links, main, opened, words
from tests.packs.conftest import Gather, newest_of
from tests.public.attacker.editions import Editions

PACKS = f"{AREA}packs"


def files(page: BeautifulSoup) -> dict[str, str]:
    """The addresses of the three files by kind."""
    found = page.find(class_="pack-files")
    assert found
    return {url.split("?")[0].rpartition(".")[2]: url for url in links(found)}


def test_the_way_to_packs_stands_on_every_page(client: FlaskClient) -> None:
    ways = opened(client, AREA).find(class_="ways")
    assert PACKS in [url.split("?")[0] for url in links(ways)]


def test_three_files_are_offered_with_their_kind_and_the_edition(
    client: FlaskClient, newest: Edition
) -> None:
    page = opened(client, PACKS)
    assert list(files(page)) == ["pptx", "docx", "pdf"]
    for kind, url in files(page).items():
        assert f"edition={newest.name}" in url
        assert "numbers=true" in url
        assert f"(.{kind})" in words(page.find("a", href=url))


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_file_comes_out_whole(
    kind: str, client: FlaskClient, gather: Gather, newest: Edition
) -> None:
    url = files(opened(client, PACKS))[kind]
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == KINDS[kind].media_type
    name = f"darlington-exceptions-true-{newest.name}.{kind}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "public" not in answer.headers["Cache-Control"]
    if kind == "pptx":
        slides = pptx.Presentation(io.BytesIO(answer.data)).slides
        charts = [one for slide in slides for one in slide.shapes if one.has_chart]
        assert len(charts) == 5
    elif kind == "docx":
        text = [one.text for one in docx.Document(io.BytesIO(answer.data)).paragraphs]
        assert all(section.title in text for section in gather("exceptions").sections)
    else:
        assert answer.data.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in answer.data


def test_the_same_file_is_sent_again_and_a_browser_that_has_it_is_told_so(
    client: FlaskClient,
) -> None:
    url = files(opened(client, PACKS))["pdf"]
    first, second = client.get(url), client.get(url)
    assert first.data == second.data
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_third_paper_at_once_is_refused_and_one_that_is_kept_is_not(
    published: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = create_app(published)
    address = f"{AREA}packs.pdf?template="
    kept = server.test_client().get(f"{address}exceptions")
    both_draw, go_on = Barrier(3), Event()

    def waiting(*_: object) -> bytes:
        both_draw.wait(30)
        go_on.wait(30)
        return b"%PDF-"

    monkeypatch.setattr("dashboard.pages.packs.draw_file", waiting)
    with ThreadPoolExecutor(2) as threads:
        drawn = [
            threads.submit(server.test_client().get, f"{address}{name}")
            for name in ("full", "profile")
        ]
        both_draw.wait(30)
        third = server.test_client().get(f"{address}theme&theme=plans")
        again = server.test_client().get(f"{address}exceptions")
        go_on.set()
        assert [one.result().status_code for one in drawn] == [200, 200]
    assert third.status_code == 503
    assert third.headers["Retry-After"] == "60"
    assert "Two papers are being made already. Try again in a minute." in third.text
    assert (again.status_code, again.data) == (200, kept.data)
    monkeypatch.undo()
    assert server.test_client().get(f"{address}theme&theme=plans").status_code == 200


def test_a_template_a_theme_and_an_earlier_term_are_chosen_by_links(
    client: FlaskClient,
) -> None:
    choices = opened(client, f"{PACKS}?template=theme&theme=plans").find(class_="choices")
    chosen = [words(one) for one in choices.select('[aria-current="true"]')]
    assert chosen == [
        "One theme",
        "EHC plans",
        "True figures, for the partnership",
        "Summer 2025/26",
    ]
    spring = next(one for one in choices.find_all("a") if words(one) == "Spring 2025/26")
    page = opened(client, str(spring["href"]))
    assert "edition=2025-26-spring.1" in files(page)["pdf"]
    assert "template=theme" in files(page)["pdf"]


def test_what_nobody_offers_is_taken_as_what_most_people_want(client: FlaskClient) -> None:
    page = opened(client, f"{PACKS}?template=../../etc&numbers=all&theme=x")
    assert "template=exceptions" in files(page)["pdf"]
    assert "numbers=true" in files(page)["pdf"]


def test_protected_figures_that_nobody_published_are_refused_in_a_sentence(
    client: FlaskClient,
) -> None:
    assert "was not published to everyone" in main(client, f"{PACKS}?numbers=protected")
    assert opened(client, f"{PACKS}?numbers=protected").find(class_="pack-files") is None
    answer = client.get(f"{AREA}packs.pdf?numbers=protected")
    assert answer.status_code == 404
    assert "there are no protected figures" in answer.text


def test_a_protected_file_says_so_in_its_name(editions: Editions) -> None:
    client = create_app(editions.database).test_client()
    page = opened(client, f"{PACKS}?numbers=protected")
    answer = client.get(files(page)["pdf"])
    assert answer.status_code == 200
    name = f"darlington-exceptions-protected-{newest_of(editions.database).name}.pdf"
    assert name in answer.headers["Content-Disposition"]


def test_an_area_without_figures_of_its_own_has_no_pack(client: FlaskClient) -> None:
    assert "there is nothing to make a paper of" in main(client, f"{DURHAM}packs")
    assert client.get(f"{DURHAM}packs.pdf").status_code == 404


def test_other_kinds_of_file_and_editions_are_not_there(client: FlaskClient) -> None:
    assert client.get(f"{AREA}packs.csv").status_code == 404
    assert client.get(f"{AREA}packs.pdf?edition=nonsense").status_code == 404
    assert client.get(f"{AREA}packs?edition=2031-32-autumn.1.1.1").status_code == 404


def test_a_preview_has_no_packs(published: Database, settings: Settings) -> None:
    area, base = settings.areas["E06000005"], "/staff/E06000005/preview/7/"
    site = Site(published, settings, Assets(resource_folder("assets")), Explorer("", (), ()))
    page = parse_page(area, "packs", "", settings, base)
    file = parse_page(area, "packs.pdf", "", settings, base)
    assert page
    assert file
    assert packs_page(site, page) is None
    assert packs_file(site, file) is None
