"""Every number of a family page is the published one, worked out a second time."""

import datetime as dt
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.public.easy_read.content import Calendar, OutOfTen, Topic
from dashboard.public.easy_read.topics import build_content
from dashboard.public.release import PublicRelease
from dashboard.words.easy_read.page_lint import sentences_of
from tests.public.recomputed import expected
from tests.public.whole_release import whole_release


def check_numbers(release: PublicRelease) -> int:
    """Every number that is said is one of those expected; how many were."""
    topics = build_content(release, dt.date(2026, 10, 15)).topics
    return sum(_check_page(topic, release) for topic in topics)


def _check_page(topic: Topic, release: PublicRelease) -> int:
    wanted = dict(expected(release, topic.slug))
    checked = 0
    for part in (
        part for block in topic.blocks if block.id in ("number", "ages") for part in block.parts
    ):
        first = sentences_of(part)[0].removesuffix(" so far.").removesuffix(".")
        found = {words.removesuffix("."): filled for words, filled in wanted.items()}
        if isinstance(part, OutOfTen):
            assert found[first] == part.filled, first
        elif isinstance(part, Calendar) or re.match(r"About \d|Fewer than \d", first):
            assert first in found, first
        else:
            continue
        checked += 1
    return checked


@settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    share=st.integers(min_value=0, max_value=400),
    size=st.sampled_from([20, 40, 80, 400, 1_000]),
    count=st.integers(min_value=10, max_value=3_000),
    wait=st.integers(min_value=22, max_value=2_000),
)
def test_every_number_is_the_published_one(share: int, size: int, count: int, wait: int) -> None:
    part = (share * size // 400) / size
    facts = {"share": part, "size": size, "count": count, "wait": wait}
    release = whole_release({**facts, "count": float(count)})
    assert check_numbers(release) > 25


def test_a_page_whose_numbers_are_hidden_has_none() -> None:
    assert check_numbers(whole_release({"symbol": "c"})) == 0


def test_a_picture_row_that_says_another_number_would_be_found() -> None:
    release = whole_release({"share": 0.6, "size": 60, "count": 300, "wait": 400})
    other = whole_release({"share": 0.3, "size": 60, "count": 300, "wait": 400})
    topic = build_content(other, dt.date(2026, 10, 15)).topics[1]
    with pytest.raises((AssertionError, KeyError)):
        _check_page(topic, release)
