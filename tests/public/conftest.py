"""The demonstration published to everyone, for the tests that look at what comes out of it."""

import pytest

from tests.public.attacker.editions import Editions, make_editions


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """Two editions of Darlington, after real disclosure control; they take a minute."""
    return make_editions(tmp_path_factory.mktemp("editions"))
