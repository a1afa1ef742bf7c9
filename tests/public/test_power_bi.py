"""What opens the tables in Power BI: whole addresses, every table, every type, no secret."""

import json
import re
from collections.abc import Mapping

import pytest
from bs4 import BeautifulSoup

from dashboard.public.data.style import icon_file, style_file
from dashboard.public.files import PublicFile
from dashboard.public.power_bi.build import build_files
from dashboard.public.release import PublicRelease
from dashboard.public.star.shapes import TABLES, relations
from schemas.area_settings import load_area_settings
from tests.public.builders import DARLINGTON, figure, release
from tests.public.small_publications import html

SITE = "https://send.example.gov.uk"
FOLDER = "data/power-bi/"


def some(address: str = "") -> PublicRelease:
    area = load_area_settings()[DARLINGTON]
    assert area.public is not None
    public = area.public.model_copy(update={"address": address})
    hidden = figure(breakdown="phase", category="primary", symbol="c")
    return release(figure(), hidden, area=area.model_copy(update={"public": public}))


def files_of(address: str = "") -> Mapping[str, PublicFile]:
    return {one.path: one for one in build_files(some(address))}


def query_of(name: str, address: str = SITE) -> str:
    return files_of(address)[f"{FOLDER}send-darlington{name}.pq"].body.decode()


def test_every_table_is_a_file() -> None:
    tables = {path for path in files_of() if path.startswith("data/tables/")}
    named = {f"data/tables/{table.name}.csv" for table in TABLES}
    assert tables == named | {"data/tables/send-darlington-tables.xlsx"}


def test_the_connection_holds_one_whole_address_of_a_file_that_is_there() -> None:
    files = files_of(SITE)
    told = json.loads(files[f"{FOLDER}send-darlington.pbids"].body)
    (connection,) = told["connections"]
    assert (told["version"], connection["mode"]) == ("0.1", "Import")
    assert connection["details"]["protocol"] == "http"
    url = connection["details"]["address"]["url"]
    assert url.startswith(f"{SITE}/data/darlington/")
    assert url.replace(f"{SITE}/data/darlington/", "data/") in files


def test_without_an_address_there_is_no_connection_and_the_page_says_why() -> None:
    files = files_of()
    assert not [path for path in files if path.endswith(".pbids")]
    page = BeautifulSoup(files[f"{FOLDER}index.html"].body, "html.parser").get_text(" ")
    assert "because the address of this site is not in its settings yet" in page
    assert "Fill in" in page


@pytest.mark.parametrize("name", ["", "-partners"])
def test_the_query_loads_every_table_with_every_column(name: str) -> None:
    query = query_of(name)
    for table in TABLES:
        found = re.search(rf'Load\("{table.name}",\s*{{(.*?)}}\)}}', query, re.S)
        assert found, table.name
        typed = dict(re.findall(r'{"(\w+)", ([\w.]+(?: \w+)?)}', found[1]))
        assert tuple(typed) == table.headings
        assert set(typed.values()) <= {
            "type text",
            "Int64.Type",
            "type number",
            "type date",
            "type logical",
        }
    for table, column, other in relations():
        one = f"{table.name}[{column.name}] many to one {other.name}[{other.key[0]}]"
        assert one in query


@pytest.mark.parametrize("name", ["", "-partners"])
def test_brackets_of_the_query_are_closed(name: str) -> None:
    code = "\n".join(
        line for line in query_of(name).splitlines() if not line.strip().startswith("//")
    )
    code = re.sub(r'"(?:[^"]|"")*"', '""', code)
    held: list[str] = []
    for sign in code:
        if sign in "([{":
            held.append({"(": ")", "[": "]", "{": "}"}[sign])
        elif sign in ")]}":
            assert held.pop() == sign
    assert held == []


def test_the_query_asks_one_address_so_that_the_service_can_refresh_it() -> None:
    """A first argument that is put together is refused by the Power BI service."""
    assert re.findall(r"Web\.Contents\(([^,]+),", query_of("")) == ["Base"]
    assert f'Base = "{SITE}/data/darlington/",' in query_of("")
    assert f'Base = "{SITE}/partner/tables/{DARLINGTON}/",' in query_of("-partners")
    assert 'Base = "",' in query_of("", address="")


def test_the_query_for_partners_holds_no_token_and_says_that_it_is_not_for_sharing() -> None:
    query = query_of("-partners")
    assert "not for sharing" in query
    assert "send_" not in query
    assert "Basic" in query


def test_the_page_leads_to_every_file() -> None:
    files = files_of(SITE)
    page = BeautifulSoup(files[f"{FOLDER}index.html"].body, "html.parser")
    links = {link["href"] for link in page.find_all("a", download=True)}
    there = {path for path in files if not path.endswith("index.html")}
    assert {f"data/{link.removeprefix('../')}" for link in links} == there


def test_every_link_of_the_page_leads_somewhere() -> None:
    page = BeautifulSoup(files_of(SITE)[f"{FOLDER}index.html"].body, "html.parser")
    others = {html("data/index.html").path, "data/methods/", "data/dictionary/"}
    others |= {style_file().path, icon_file().path}
    there = {path.removesuffix("index.html") for path in (*files_of(SITE), *others)}
    for link in page.find_all(["a", "link"]):
        place = link["href"].partition("#")[0]
        if place and not place.startswith(("/", "https://")):
            assert f"data/{place.removeprefix('../')}" in there, place


def test_the_page_has_one_place_for_the_note_and_no_style_of_its_own() -> None:
    text = files_of(SITE)[f"{FOLDER}index.html"].body.decode()
    assert text.count("<!--version-note-->") == 1
    page = BeautifulSoup(text, "html.parser")
    assert not page.find_all("style")
    assert not page.find_all("script")
    assert not page.find_all(style=True)
    assert len(page.find_all("h1")) == 1


def test_the_same_release_gives_the_same_bytes() -> None:
    once, again = files_of(SITE), files_of(SITE)
    assert {path: one.body for path, one in once.items()} == {
        path: one.body for path, one in again.items()
    }
