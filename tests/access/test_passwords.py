"""What can be a password, and how it is kept."""

import time

import pytest
from argon2 import PasswordHasher

from dashboard.access.passwords import find_fault, hash_password, is_outdated, is_right


@pytest.mark.parametrize(
    "password",
    [
        "violet kettle mountain 9",
        "thunder lamp orange",
        "pâté für mañana heute",
        "Tr0ub4dor&3 and a half",
        "我喜欢在早上喝一杯很热的绿茶加蜂蜜",
    ],
)
def test_a_long_unusual_password_is_taken(password: str) -> None:
    assert find_fault(password, "kestrel") is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "15 characters"),
        ("fourteen chars", "15 characters"),
        ("aaaaaaaaaaaaaaaaaa", "again and again"),
        ("abcabcabcabcabcabc", "again and again"),
        ("Password Password 1!", "again and again"),
        ("- - - - - - - - - - -", "again and again"),
        ("1234567890123456", "keys in a row"),
        ("qwertyuiopasdfgh", "keys in a row"),
        ("hgfdsapoiuytrewq", "keys in a row"),
        ("1qaz2wsx3edc4rfv", "keys in a row"),
        ("abcdefghijklmnopq", "keys in a row"),
        ("Correct Horse Battery Staple", "often used"),
        ("correcthorsebatterystaple2026", "often used"),
        ("ManchesterUnited!", "often used"),
        ("kestrel in the morning", "sign-in name"),
        ("x" * 1_001, "at most"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused_with_the_reason(
    password: str, why: str
) -> None:
    fault = find_fault(password, "kestrel@council.example")
    assert fault is not None
    assert why in fault


@pytest.mark.parametrize("text", ["!" * 999 + "x", "ab" * 499 + "c", "a b" * 333, "qwer" * 250])
def test_no_password_makes_the_server_think_for_long(text: str) -> None:
    began = time.monotonic()
    find_fault(text, "kestrel")
    assert time.monotonic() - began < 0.5


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    kept = hash_password("caf\u00e9 on the corner")
    assert is_right("cafe\u0301 on the corner", kept)
    assert not is_right("cafe on the corner", kept)


def test_it_is_kept_as_argon2id_of_19_mebibytes_two_passes_and_one_lane() -> None:
    kept = hash_password("violet kettle mountain 9")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "violet" not in kept
    assert kept != hash_password("violet kettle mountain 9")
    assert not is_outdated(kept)
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash("x"))


def test_nobody_s_password_is_never_right_and_takes_as_long() -> None:
    kept = hash_password("violet kettle mountain 9")
    is_right("warm", None)

    def spent(password_hash: str | None) -> float:
        began = time.process_time()
        for _ in range(5):
            assert not is_right("a guess that is wrong", password_hash)
        return time.process_time() - began

    known, unknown = spent(kept), spent(None)
    assert unknown > known / 3  # without the hashing it would be a thousandth
    assert not is_right("a password that nobody has", None)


def test_what_is_no_hash_lets_nobody_in() -> None:
    assert not is_right("violet kettle mountain 9", "violet kettle mountain 9")
