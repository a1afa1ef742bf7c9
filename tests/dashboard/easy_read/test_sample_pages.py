"""The family pages of the sample: easy to read, and every number the published one."""

import datetime as dt

import pytest
from sqlalchemy import select

from dashboard.public.easy_read.topics import build_content, find_faults
from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease, Said
from schemas.database import Database
from schemas.observation import Observation
from schemas.tables import commentary, observation
from tests.public.builders import COUNCIL, DARLINGTON, release
from tests.public.test_easy_read_numbers import check_numbers

TODAY = dt.date(2026, 10, 15)
_FIELDS = [observation.c[name] for name in Observation._fields]
_SMALL = range(1, 5)  # hidden here, in place of real disclosure control, which has its own tests


@pytest.fixture(scope="module")
def sample(published: Database) -> PublicRelease:
    """The newest term of the sample, its smallest counts hidden, with what owners say."""
    own = observation.c.release_version_id.is_not(None), observation.c.area_code == DARLINGTON
    with published.reading() as connection:
        rows = [Observation(*row) for row in connection.execute(select(*_FIELDS).where(*own))]
        spoken = connection.execute(select(commentary)).all()
    said = tuple(Said(one.measure_id, one.family_sentence) for one in spoken if one.family_sentence)
    return release(*map(_shown, rows), said=said)


def _shown(one: Observation) -> PublicFigure:
    facts = one._asdict()
    if one.numerator in _SMALL or one.denominator in _SMALL:
        facts |= {"numerator": None, "denominator": None, "value": None, "symbol": "c"}
    known = {name: value for name, value in facts.items() if name in PublicFigure._fields}
    return PublicFigure(
        **known,
        unreliable=False,
        rounded=False,
        source=COUNCIL,
        version="2025-26 summer v1.0",
        as_at_on="2026-09-15",
        invented=True,
    )


def test_the_pages_of_the_sample_have_no_error(sample: PublicRelease) -> None:
    content = build_content(sample, TODAY)
    assert find_faults(content) == []
    assert len(content.topics) == 13


def test_every_number_of_the_sample_is_the_published_one(sample: PublicRelease) -> None:
    assert check_numbers(sample) == 33


def test_what_owners_say_stands_on_the_pages(sample: PublicRelease) -> None:
    said = {one.sentences.split(".")[0] for one in sample.said}
    topics = build_content(sample, TODAY).topics
    words = " ".join(str(topic.blocks) for topic in topics).replace("**", "")
    assert [one for one in said if one not in words] == []
