"""What the ASVS asks of passwords beyond `tests/access/test_passwords.py`."""

from pathlib import Path

import pytest

from dashboard.access.passwords import OUR_WORDS, find_fault, hash_password, is_right
from schemas.people_tables import person

ASVS = Path(__file__).resolve().parents[2] / "docs" / "asvs.md"


@pytest.mark.parametrize(
    "password",
    [
        "Send Dashboard 2026!",
        "CouncilPassword2026",
        "local-area-partnership",
        "Special Educational Needs 1",
        "Darlington Council 1",
        "Administrator 12345 login",
    ],
)
def test_a_password_of_words_of_this_work_is_refused(password: str) -> None:
    fault = find_fault(password, "kestrel", "Darlington Borough Council")
    assert fault is not None
    assert find_fault(password + " violet kettle", "kestrel", "Darlington Borough Council") is None


@pytest.mark.parametrize(
    "password",
    [
        "483920174658307",
        "!?%&/()=+*#~<>@-",
        "caring planets, schoolyard",
        "ÅÄÖ ñandú 東京タワー三三三",
    ],
)
def test_any_kind_of_characters_will_do(password: str) -> None:
    assert find_fault(password, "kestrel", "Darlington Borough Council") is None


def test_the_words_that_make_no_password_are_documented() -> None:
    words = ASVS.read_text("utf-8").partition("Words that make no password")[2]
    listed = words.split("\n\n")[0].replace(",", " ").replace("`", " ").split()
    assert set(OUR_WORDS) <= set(listed)


def test_a_password_is_compared_whole_and_as_it_was_typed() -> None:
    long = "violet kettle mountain nine " * 30
    kept = hash_password(long)
    assert find_fault("lantern hedge " * 5 + "x", "kestrel") is None, "70 characters are welcome"
    assert is_right(long, kept)
    for other in (long.upper(), long[:-1], long[:72], long.strip(), f" {long}"):
        assert not is_right(other, kept)


def test_nobody_has_to_change_a_password_because_of_its_age() -> None:
    """The tables do not even know how old one is."""
    assert not [one.name for one in person.c if "password" in one.name and "hash" not in one.name]
