"""Every check is there, each with a test that it passes and one that it finds."""

import re
from pathlib import Path

import pytest

from dashboard.releases.checks import CHECKS, Check

TESTS = re.findall(
    r"^def (test_\w+)\(",
    "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")),
    re.M,
)


def test_the_checks_are_q01_to_q20() -> None:
    assert [check.id for check in CHECKS] == [f"Q{number:02}" for number in range(1, 21)]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_each_check_has_a_test_that_it_passes_and_one_that_it_finds(check: Check) -> None:
    begins = f"test_{check.id.lower()}"
    for ends in ("_passes", "_finds"):
        assert [name for name in TESTS if name.startswith(begins + ends)], begins + ends


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_each_check_says_what_it_looks_at(check: Check) -> None:
    assert check.title
    assert check.looks_at.endswith(".")
