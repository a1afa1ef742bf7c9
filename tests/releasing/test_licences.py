"""docs/licences.md lists what is installed, and nothing of it is under a licence we may not use."""

import sys
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name
from PIL import features

from tests.releasing.allowed import FLAGGED, flags_of, is_allowed
from tests.releasing.carried import CARRIED, Carried
from tests.releasing.distributions import ROOT, Needed, find_needed
from tests.releasing.licences import PATH, render

# What others install differs with the Python and the system; the page says for which it is.
listed_here = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11) or sys.platform != "linux",
    reason="docs/licences.md is of Python 3.11 on Linux",
)


@pytest.fixture(scope="module")
def needed() -> list[Needed]:
    return find_needed()


@listed_here
def test_the_page_of_licences_says_what_is_installed() -> None:
    assert PATH.read_text(encoding="utf-8") == render(), (
        "Write it again: python -m tests.releasing.licences"
    )


@listed_here
def test_every_distribution_has_the_version_that_everything_is_tested_with(
    needed: list[Needed],
) -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if "==" in line)
    pinned = {canonicalize_name(name): version for name, version in pinned.items()}
    missing = [
        f"{one.name}=={one.version}" for one in needed if pinned.get(one.name) != one.version
    ]
    assert missing == []


def test_every_distribution_may_be_used_by_a_council(needed: list[Needed]) -> None:
    assert len(needed) > 60
    assert [one for one in needed if not is_allowed(one.licence)] == []


@pytest.mark.parametrize("one", CARRIED, ids=lambda one: one.name)
def test_what_is_carried_is_there_with_its_licence(one: Carried) -> None:
    assert is_allowed(one.licence)
    assert one.paths()
    assert len((ROOT / one.notice).read_text(encoding="utf-8")) > 500


def test_nothing_is_carried_that_is_not_listed() -> None:
    """Every script, font and picture in assets/ is ours or on the list."""
    others = {path for one in CARRIED for path in one.paths()}
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "assets").rglob("*")
        if path.suffix in {".ttf", ".woff", ".woff2", ".otf"} or path.name.endswith(".min.js")
    }
    found |= {str(path.relative_to(ROOT)) for path in Path(ROOT / "assets/pictures").rglob("*.svg")}
    assert found <= others


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "AGPL-3.0-only",
        "GPL-3.0-or-later",
        "MIT AND GPL-2.0-only",
        "SSPL-1.0",
        "CC-BY-NC-4.0",
        "(MIT)",
        "UNKNOWN",
    ],
)
def test_a_licence_that_a_council_could_not_use_is_refused(expression: str) -> None:
    assert not is_allowed(expression)


def test_one_allowed_choice_is_enough() -> None:
    assert is_allowed("GPL-3.0-only OR MIT")
    assert flags_of("BSD-2-Clause OR LGPL-3.0-or-later") == ()


def test_what_needs_a_sentence_has_one(needed: list[Needed]) -> None:
    flagged = {name for one in needed for name in flags_of(one.licence)}
    assert {"LGPL-3.0-only", "MPL-2.0"} <= flagged <= FLAGGED.keys()


def test_no_gpl_library_is_inside_the_picture_library() -> None:
    assert not features.check("libimagequant")
