"""Pictures: complete, as OpenMoji drew them, credited, one for each idea."""

import hashlib
import json

import pytest

from dashboard.public.easy_read.content import Row
from dashboard.public.easy_read.pictures import load_pictures, picture_folder, pictures_of
from dashboard.public.easy_read.shelf import addresses, shelve
from tests.conftest import ROOT
from tests.public.family_pages import easy_read


def test_every_picture_is_the_file_that_was_taken_over_unedited() -> None:
    listed = json.loads((picture_folder() / "SOURCES.json").read_text(encoding="utf-8"))
    for name, picture in load_pictures().items():
        source = listed["pictures"][name]
        for kind, path in (("color", picture.colour), ("black", picture.outline)):
            assert hashlib.sha256(picture.body(path)).hexdigest() == source[kind], name


def test_no_two_ideas_have_the_same_picture() -> None:
    drawn = [picture.colour for picture in load_pictures().values()]
    assert len(set(drawn)) == len(drawn)


def test_no_file_lies_in_the_folder_that_is_not_listed() -> None:
    listed = {path for one in load_pictures().values() for path in (one.colour, one.outline)}
    found = {f"/{one.relative_to(picture_folder())}" for one in picture_folder().rglob("*.svg")}
    assert found == listed


def test_no_picture_asks_for_anything_or_runs_anything() -> None:
    for picture in load_pictures().values():
        for path in (picture.colour, picture.outline):
            words = picture.body(path).decode().casefold()
            assert not any(
                bad in words for bad in ("<script", "href", "url(http", "style", "onload")
            )


def test_the_licence_stands_beside_the_pictures() -> None:
    licence = (picture_folder() / "LICENSE.txt").read_text(encoding="utf-8")
    assert licence.startswith("Attribution-ShareAlike 4.0 International")
    assert (ROOT / "LICENSES" / "CC-BY-SA-4.0.txt").read_text(encoding="utf-8") == licence


def test_a_picture_that_is_not_listed_is_told_by_its_name() -> None:
    content = easy_read(intro=(Row("puzzle", ("A child.",)),))
    with pytest.raises(KeyError, match="there is no picture puzzle"):
        pictures_of(content)


def test_an_address_changes_with_what_it_leads_to() -> None:
    for name, file in shelve(easy_read()).items():
        stamp = hashlib.sha256(file.body).hexdigest()[:12]
        assert file.path == f"easy-read/assets/{stamp}/{name}"


def test_only_pictures_that_are_shown_are_published() -> None:
    names = set(addresses(shelve(easy_read())))
    assert {"plan.svg", "plan-outline.svg", "easy.css", "easy.js"} <= names
    assert not {"money.svg", "child-outline.svg"} & names
