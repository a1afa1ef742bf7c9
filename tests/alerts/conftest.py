"""A mail server, and the real round of the tests of the staff side."""

from collections.abc import Iterator

import pytest

from tests.staff.conftest import eleven_terms, round_
from tests.staff.smtp_server import Post, serving

__all__ = ["eleven_terms", "round_"]


@pytest.fixture
def post() -> Iterator[Post]:
    with serving(Post()) as one:
        yield one
