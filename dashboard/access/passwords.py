"""Passwords: kept as slow hashes only, and none that a guesser would try early."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 15, 1_000  # characters
# OWASP's second choice: 19 MiB, two passes, one lane; a server of two cores bears it.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "1234567890qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
)
# What a colleague or a guesser thinks of first here; `docs/asvs.md` lists them.
OUR_WORDS = (
    *("senddashboard", "dashboard", "send", "special", "educational", "education", "needs"),
    *("disability", "disabilities", "ehcp", "plan", "plans", "school", "schools", "children"),
    *("local", "area", "partnership", "council", "borough", "county", "city", "authority"),
    *("health", "care", "nhs", "icb", "icbs", "trust", "ofsted", "cqc", "dfe"),
    *("staff", "partner", "viewer", "analyst", "assurer", "approver", "publisher"),
    *("administrator", "admin", "password", "passphrase", "welcome", "login", "letmein"),
)
_RUN = 4  # keys side by side that are taken as one
_DIFFERENT = 5  # characters at least
_LEFT = 7  # characters a password must have besides such runs


def hash_password(password: str) -> str:
    return _HASHER.hash(_normal(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Takes as long for somebody without a password as for everyone else."""
    try:
        _HASHER.verify(password_hash or _nobodys(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Hashed with other settings than today's, so it is to be hashed again."""
    return _HASHER.check_needs_rehash(password_hash)


def find_fault(password: str, sign_in_name: str, organisation: str = "") -> str | None:
    """Why this cannot be somebody's password, in a sentence; None when it can."""
    plain = _normal(password).casefold()
    if len(_normal(password)) < SHORTEST:
        return f"Choose a password of {SHORTEST} characters or more. Four random words will do."
    if len(password) > LONGEST:
        return f"Choose a password of at most {LONGEST} characters."
    if any(name in plain for name in _names(sign_in_name)):
        return "Choose a password that does not hold your sign-in name."
    letters = re.sub(r"[\W_]", "", plain) or plain
    core = letters.strip("0123456789") or letters
    again = any(re.fullmatch(r"(.+?)\1+", text, re.S) for text in (plain, letters, core))
    if again or len(set(letters)) < _DIFFERENT:
        return "Choose a password that does not say the same thing again and again."
    if len(_without_runs(plain)) < _LEFT:
        return "Choose a password that is not keys in a row, such as qwerty or 123456."
    other = _without_words(letters, organisation)
    if other != letters and len(re.sub(r"\d", "", other)) < _LEFT:
        return "Choose a password that is not made of words of this work, such as your council's."
    if letters in _common() or core in _common():
        return "That password is often used, so it is guessed early. Choose another."
    return None


def _normal(password: str) -> str:
    """The same letters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)


def _names(sign_in_name: str) -> list[str]:
    whole = sign_in_name.casefold()
    return [name for name in {whole, whole.partition("@")[0]} if len(name) >= _RUN]


def _without_runs(text: str) -> str:
    for run in (*_RUNS, *(run[::-1] for run in _RUNS)):
        for length in range(min(len(run), len(text)), _RUN - 1, -1):
            for start in range(len(run) - length + 1):
                text = text.replace(run[start : start + length], "")
    return text


def _without_words(letters: str, organisation: str) -> str:
    """Without words of the work and of the person's employer."""
    employer = (one for one in re.split(r"[\W_]+", organisation.casefold()) if len(one) >= _RUN)
    for word in sorted({*OUR_WORDS, *employer}, key=len, reverse=True):
        letters = letters.replace(word, "")
    return letters


@cache
def _nobodys() -> str:
    return _HASHER.hash("a password that nobody has")


@cache
def _common() -> frozenset[str]:
    text = (files("dashboard.access") / "common_passwords.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("# "))
    return frozenset(re.sub(r"[\W_]", "", line) for line in lines) - {""}
