"""What an easy-read page says, before it is drawn: the same for the screen and for paper.

In every sentence `**word**` marks a hard word at its first use; there is no other mark-up.
"""

import datetime as dt
from dataclasses import dataclass

from dashboard.words.easy_read.catalogue import ENGLISH


@dataclass(frozen=True)
class Row:
    """One idea: one picture (a name of the picture list, such as `plan`) and one to three
    sentences, each on a line of its own."""

    picture: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class OutOfTen:
    """A row of ten pictures of the thing that is counted, `filled` of them from the left.

    `words` and `other` are the two sentences beside it; `label` says both to those who cannot see
    the row.
    """

    picture: str
    filled: int
    words: str
    other: str
    label: str


@dataclass(frozen=True)
class Calendar:
    """A wait: one square for each month, in rows of twelve, `months` of them filled; a line with
    `limit_words` after `limit` months where the law or the NHS has set one."""

    months: int
    limit: int | None
    limit_words: str
    label: str
    sentences: tuple[str, ...]


Part = Row | OutOfTen | Calendar


@dataclass(frozen=True)
class Block:
    """A heading and what stands under it. `id` is its anchor and says which block it is: `what`,
    `number`, `change`, `means`, `doing`, `you-said`, `help`, `counted`."""

    id: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Help:
    """Somebody who can help: a service with what it does in plain words and its picture."""

    name: str
    does: str
    picture: str = "help"
    phone: str = ""
    email: str = ""
    web: str = ""


@dataclass(frozen=True)
class Pair:
    """“You said”, “We did”."""

    said: str
    did: str


@dataclass(frozen=True)
class Topic:
    """One page: a question and its answer. `measure_ids` are those whose published numbers stand
    on it, `measure_names` what their links are called; `short` is the name of its link on the front
    page, `picture` its picture, `headline` the one sentence that answers the question there,
    `change` how that was a year before, "" when it cannot be said."""

    slug: str
    question: str
    short: str
    picture: str
    headline: str
    blocks: tuple[Block, ...]
    pairs: tuple[Pair, ...] = ()
    measure_ids: tuple[str, ...] = ()
    measure_names: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True)
class EasyRead:
    """All pages of one publication. `title` is “SEND in Darlington: Autumn 2025”; `makers` says who
    made them; `counted_until` the last day that any of the numbers is about; `late` that the
    promised day has passed; `checked` who with a learning disability checked the pages, or that
    nobody did yet; `unreached` where to ask for helpers that nobody told us how to reach."""

    title: str
    intro: tuple[Row, ...]
    makers: tuple[Row, ...]
    topics: tuple[Topic, ...]
    helpers: tuple[Help, ...]
    hard_words: tuple[tuple[str, str], ...]
    counted_until: dt.date
    updated: str
    next_update: str
    checked: str
    invented: str
    late: str = ""
    unreached: Row | None = None
    language: str = ENGLISH

    @property
    def around(self) -> tuple[Row, ...]:
        """The rows that stand round the topics."""
        return (*self.intro, *self.makers, *((self.unreached,) if self.unreached else ()))
