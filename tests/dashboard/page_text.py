"""A page of the server as a person reads it: its words, its links, its rows."""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

AREA = "/dashboard/E06000005/"
DURHAM = "/dashboard/E06000047/"


def opened(client: FlaskClient, path: str) -> BeautifulSoup:
    """The page at an address that must be there."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return BeautifulSoup(answer.text, "html.parser")


def words(node: Any) -> str:
    """All its text on one line."""
    return re.sub(r"\s+", " ", node.get_text(" ")).strip()


def main(client: FlaskClient, path: str) -> str:
    """The words of what is particular to a page."""
    found = opened(client, path).main
    assert found is not None
    return words(found)


def links(node: Tag) -> list[str]:
    return [str(link["href"]) for link in node.find_all("a", href=True)]


def row(page: BeautifulSoup, measure_id: str) -> str:
    """The overview's row of a measure."""
    ending = re.compile(rf"/measure/{measure_id}(\?|$)")
    link = page.find("table").find("a", href=ending) or page.find("a", href=ending)
    return words(link.find_parent("tr"))


def section(page: BeautifulSoup, name: str) -> str:
    """The words of the part whose heading has this id."""
    return words(page.find(id=name).find_parent("section"))
