"""What family pages say in the tests of how they are drawn: every kind of part, by hand."""

import datetime as dt
from dataclasses import replace
from typing import Any

from dashboard.public.easy_read.content import (
    Block,
    Calendar,
    EasyRead,
    Help,
    OutOfTen,
    Pair,
    Row,
    Topic,
)

ON_TIME = OutOfTen(
    picture="plan",
    filled=6,
    words="About 6 out of 10 plans were ready on time.",
    other="About 4 out of 10 plans were late.",
    label="About 6 out of 10 plans were ready on time. About 4 out of 10 plans were late.",
)
WAIT = Calendar(
    months=14,
    limit=5,
    limit_words="The goal is 5 months.",
    label="Half of the children waited less than 14 months. The goal is 5 months.",
    sentences=(
        "Half of the children waited less than 14 months.",
        "Half of the children waited longer.",
        "If you asked in January, you might wait until March of the next year.",
    ),
)


def topic(slug: str = "plans-on-time", part: OutOfTen | Calendar = ON_TIME, **facts: Any) -> Topic:
    """A page with every block there can be."""
    made = {
        "slug": slug,
        "question": "Were plans ready on time?",
        "short": "Plans on time",
        "picture": "plan",
        "headline": part.words if isinstance(part, OutOfTen) else part.sentences[0],
        "blocks": (
            _what(),
            Block("number", "How many plans were on time?", (part,)),
            _row("change", "Is it getting better?", "thumbs-up", "This is better than last year."),
            _means(),
            _row(
                "doing",
                "What are we doing about it?",
                "handshake",
                "We have 2 more people to help.",
            ),
            _row(
                "you-said", "What did families say?", "speech", "Families told us what they think."
            ),
            _row("help", "Who can help me?", "help", "Ask someone to read this with you."),
            _counted(),
        ),
        "pairs": (Pair("Letters take too long.", "We send letters in 1 week now."),),
        "measure_ids": ("ehcp_20w_excl",),
        "measure_names": ("plans on time",),
    }
    return Topic(**(made | facts))


def easy_read(*topics: Topic, **facts: Any) -> EasyRead:
    """A publication of the summer term of 2026, of two topics unless told."""
    made = EasyRead(
        title="SEND in Darlington: Summer 2026",
        intro=(
            Row("child", ("Some children need extra help to learn.", "This is called **SEND**.")),
        ),
        makers=(Row("family", ("These pages are for families.",)),),
        topics=topics or (topic(), topic("waits", WAIT, **_WAITS)),
        helpers=(
            Help("Darlington SENDIASS", "They give free help and advice to families."),
            Help(
                "Darlington Parent Carer Forum",
                "They are a group of parents. They tell the council what families need.",
                phone="01325 000 000",
                email="forum@example.org",
                web="https://www.example.org/forum/",
            ),
        ),
        hard_words=(
            ("Plan", "A plan says what help a child must get."),
            ("Council", "The people who run services in your area."),
        ),
        counted_until=dt.date(2026, 8, 31),
        updated="We last changed this page on Thursday 15 October 2026.",
        next_update="We will change this page on Friday 12 February 2027.",
        checked="Not yet checked by people with learning disabilities.",
        invented="These numbers are not real. We made them up to show you the pages.",
    )
    return replace(made, **facts)


_WAITS: dict[str, Any] = {
    "question": "How long do children wait to be seen?",
    "short": "Waiting to be seen",
    "picture": "waiting",
    "measure_ids": ("nd_wait_median_days", "nd_waiting"),
    "measure_names": ("waits", "children who wait"),
}


def _row(kind: str, heading: str, picture: str, *sentences: str) -> Block:
    return Block(kind, heading, (Row(picture, sentences),))


def _what() -> Block:
    is_a = Row(
        "plan", ("Some children have a **plan**.", "A plan says what help a child must get.")
    )
    law = Row(
        "law", ("The law says a plan must be ready in 20 weeks.", "20 weeks is about 5 months.")
    )
    return Block("what", "What is a plan?", (is_a, law))


def _means() -> Block:
    sooner = "Some families still wait too long for a plan."
    return _row("means", "What this means for families", "family", sooner, "You can ask us why.")


def _counted() -> Block:
    counted = "We counted this from Friday 1 May 2026 to Monday 31 August 2026."
    return _row("counted", "When did we count this?", "calendar", counted)
