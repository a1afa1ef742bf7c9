"""Every link leads somewhere: each page and file answers, each heading that is linked is there."""

import re
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from schemas.area_settings import load_area_settings
from schemas.measure import load_measures

LINK = re.compile(r'\bhref="([^"]*)"')
NAME = re.compile(r'\bid="([^"]*)"')
# An area that published nothing to everyone has no pages there yet; the form and the statement,
# which lead there, it has.
NOT_YET = re.compile(r"/(easy-read|data)/[a-z-]+/")
FILE = re.compile(r"\.(csv|xlsx|svg|png|pptx|docx|pdf)$")
ONE_IN = {"plain": 1, "compare": 3, "compare variant": 40, "measure variant": 8, "file": 30}


@dataclass(frozen=True)
class Walk:
    """The addresses that were opened, each with the names in it, and the links that fail."""

    opened: dict[str, set[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def walk(client: FlaskClient, start: str) -> Walk:
    """Breadth first, everything of this site that `is_opened`."""
    done = Walk()
    waiting, seen = deque([(start, "")]), {start}
    headings: dict[tuple[str, str], str] = {}
    while waiting:
        path, source = waiting.popleft()
        answer = client.get(path)
        if answer.status_code not in (200, 302) and not NOT_YET.fullmatch(path):
            done.broken.append(f"{source} -> {path}: {answer.status_code}")
        html = answer.text if answer.mimetype == "text/html" else ""
        names = NAME.findall(html)
        assert len(names) == len(set(names)), f"{path}: a name stands twice"
        done.opened[path] = set(names)
        for link in links_of(html):
            target, name = urldefrag(link)
            target = urljoin(path, target) if target else path
            if name:
                headings.setdefault((target, name), path)
            if target not in seen and (name or is_opened(target)):
                seen.add(target)
                waiting.append((target, path))
    for (target, name), source in headings.items():
        if name not in done.opened[target]:
            done.broken.append(f"{source} -> {target}#{name}: no such heading")
    return done


def links_of(html: str) -> Iterator[str]:
    """Those to this site."""
    for link in LINK.findall(html):
        parts = urlsplit(unescape(link))
        if not parts.scheme and not parts.netloc:
            yield unescape(link)


def is_opened(target: str) -> bool:
    """Every plain page and every single choice on the overview and the gaps; of the rest, which
    are many thousands, the same few each time."""
    return zlib.crc32(target.encode()) % ONE_IN[kind_of(target)] == 0


def kind_of(target: str) -> str:
    parts = urlsplit(target)
    if FILE.search(parts.path) and not parts.path.startswith("/assets/"):
        return "file"
    compared = parts.path.endswith("/compare")
    if not parts.query or (len(parse_qs(parts.query)) == 1 and "/measure/" not in parts.path):
        return "compare" if compared else "plain"
    return "compare variant" if compared else "measure variant"


@pytest.fixture(scope="module")
def walked(server: Flask) -> Walk:
    return walk(server.test_client(), "/")


def test_every_link_leads_to_a_page_and_to_a_heading_of_it(walked: Walk) -> None:
    assert walked.broken == []


def test_every_page_is_reached_from_the_front_door(walked: Walk) -> None:
    for area in load_area_settings().values():
        here = f"/dashboard/{area.code}/"
        sent = [one for one in load_measures().values() if one.source.extract in area.extracts]
        assert {here, f"{here}gaps"} <= walked.opened.keys()
        assert {f"{here}measure/{one.id}" for one in sent} <= walked.opened.keys()


def test_a_few_hundred_variants_and_files_are_reached_too(walked: Walk) -> None:
    assert {kind_of(path) for path in walked.opened} == ONE_IN.keys()
    assert 400 < len(walked.opened) < 1000
    keys = {key for path in walked.opened for key in parse_qs(urlsplit(path).query)}
    assert keys >= {"hide", "by", "year", "edition", "term", "theme", "show", "among", "method"}
