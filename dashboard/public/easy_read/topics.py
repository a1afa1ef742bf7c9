"""The family pages of a publication: which topics there are, and what stands on each."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dashboard.public.easy_read import front
from dashboard.public.easy_read.content import Block, Calendar, EasyRead, Pair, Part, Row, Topic
from dashboard.public.easy_read.facts import Number, State, end_of, read_fact, trend_of
from dashboard.public.easy_read.filling import (
    Page,
    change_row,
    compared_rows,
    headline,
    number_parts,
)
from dashboard.public.easy_read.misfit import Misfit, TemplateMisfit
from dashboard.public.easy_read.people import helpers, unreached
from dashboard.public.easy_read.shapes import SHAPES, Shape
from dashboard.public.easy_read.spoken import owners_sentences, words_that_do_not_fit
from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from dashboard.words.easy_read.catalogue import Catalogue, RowWords, TopicWords, load_catalogue
from dashboard.words.easy_read.changes_said import Trend
from dashboard.words.easy_read.dates import counted
from dashboard.words.easy_read.glossary import MOST, Beside, explained, unmarked
from dashboard.words.easy_read.lint import find_errors
from dashboard.words.easy_read.page_lint import find_page_errors, sentences_of
from schemas.extract import ALL

MOST_PAIRS = 2  # on a page, the newest; more would make it too long to read


def build_content(
    release: PublicRelease, today: dt.date, catalogue: Catalogue | None = None
) -> EasyRead:
    """Every page of a publication, filled in from its published numbers, in English unless told.

    Raises:
        TemplateMisfit: words that do not fit the numbers, or that lack one; lists every one.
    """
    catalogue = catalogue or load_catalogue()
    misfits: list[Misfit] = []
    topics = []
    for shape in SHAPES:
        if shape.core or _was_sent(shape, release):
            try:
                topics.append(_topic(shape, release, catalogue))
            except TemplateMisfit as error:
                misfits += error.misfits
    if misfits:
        raise TemplateMisfit(misfits)
    return EasyRead(
        title=front.title(release, catalogue),
        intro=front.intro(release, catalogue),
        makers=front.makers(release, catalogue),
        topics=tuple(topics),
        helpers=helpers(release.area, catalogue),
        hard_words=tuple((word.name, word.meaning) for word in catalogue.hard_words),
        counted_until=_counted_until(release),
        updated=front.updated(release, catalogue),
        next_update=front.next_update(release, catalogue),
        checked=front.checked(release, catalogue),
        invented=front.invented(release, catalogue),
        late=front.late_words(release.next_on, today, catalogue),
        unreached=unreached(release.area, catalogue),
        language=catalogue.language,
    )


def _was_sent(shape: Shape, release: PublicRelease) -> bool:
    return any(read_fact(release, number).figure for number in shape.all_numbers)


def _counted_until(release: PublicRelease) -> dt.date:
    """The last day that a number of any page is about; that of the term when there is none."""
    numbers = (number for shape in SHAPES for number in shape.all_numbers)
    figures = (read_fact(release, number).figure for number in numbers)
    return max((end_of(one) for one in figures if one), default=release.term.flow_window.end)


def _topic(shape: Shape, release: PublicRelease, catalogue: Catalogue) -> Topic:
    page, words = Page(shape.slug, catalogue), catalogue.topics[shape.slug]
    blocks = [block for block in _blocks(shape, page, release) if block.parts]
    misfits = [*words_that_do_not_fit(shape, catalogue, _fixed(words, blocks), release)]
    if misfits:
        raise TemplateMisfit(misfits)
    return Topic(
        slug=shape.slug,
        question=words.question,
        short=words.short,
        picture=words.picture,
        headline=_headline(shape, page, release),
        blocks=_with_meanings(blocks, catalogue),
        pairs=_pairs(shape, release),
        measure_ids=shape.measure_ids,
        measure_names=tuple(_names(shape, words).values()),
        change=_change(shape.numbers[0], page, release),
    )


def _names(shape: Shape, words: TopicWords) -> Mapping[str, str]:
    """What the link to each measure's figures is called: as its first number is."""
    numbers = reversed(shape.all_numbers)
    named = {one.measure_id: words.numbers[one.name].name for one in numbers}
    return {measure_id: named[measure_id] for measure_id in shape.measure_ids}


def _headline(shape: Shape, page: Page, release: PublicRelease) -> str:
    """Of the first number that is shown; where all are hidden, that the page says what to do."""
    facts = [(number, read_fact(release, number)) for number in shape.numbers]
    shown = [one for one in facts if one[1].state is State.shown]
    number, fact = (shown or facts)[0]
    if fact.state is State.hidden:
        return page.catalogue.front["no_number"]
    return headline(page, number, fact, page.catalogue.topics[shape.slug].numbers[number.name])


def _change(number: Number, page: Page, release: PublicRelease) -> str:
    """How the number was a year before, for the front page; "" when nobody can say."""
    trend = trend_of(release, number)
    if trend in (Trend.few, Trend.unknown):
        return ""
    words = page.catalogue.topics[page.topic].numbers[number.name]
    return change_row(page, trend, words, release).sentences[-1]


def _blocks(shape: Shape, page: Page, release: PublicRelease) -> Iterator[Block]:
    said, words = page.catalogue, page.catalogue.topics[shape.slug]
    yield _block("what", _rows(words.what), said)
    yield _block("number", [*_numbers(shape.numbers, page, release)], said)
    yield _block("ages", [*_numbers(shape.ages, page, release)], said)
    yield _block("change", [*_changes(shape.numbers[0], page, release)], said)
    yield _block("means", _rows(words.means), said)
    yield _block("doing", _doing(shape, release, said), said)
    is_answered = bool(_pairs(shape, release))
    yield _block("you-said", _rows([said.rows["said" if is_answered else "nothing_said"]]), said)
    yield _block("help", _rows([said.rows["help"]]), said)
    yield _block("counted", [_counted(shape, release, said)], said)


def _block(name: str, parts: Sequence[Part], catalogue: Catalogue) -> Block:
    return Block(name, catalogue.headings[name], tuple(parts))


def _rows(rows: Sequence[RowWords]) -> list[Part]:
    return [Row(row.picture, row.sentences) for row in rows]


def _numbers(numbers: Sequence[Number], page: Page, release: PublicRelease) -> Iterator[Part]:
    """Each number in its words; after a wait that it is the wait of other families."""
    said = page.catalogue.topics[page.topic].numbers
    for number in numbers:
        parts = number_parts(page, number, read_fact(release, number), said[number.name])
        yield from parts
        if isinstance(parts[0], Calendar) and numbers[0].category == ALL:
            yield Row("family", page.catalogue.states["other_families"])


def _changes(number: Number, page: Page, release: PublicRelease) -> Iterator[Part]:
    """Beside last year and beside England; nothing of last year when there is no number now."""
    words = page.catalogue.topics[page.topic].numbers[number.name]
    if read_fact(release, number).amount is not None:
        yield change_row(page, trend_of(release, number), words, release)
    yield from compared_rows(page, number, words, release)


def _doing(shape: Shape, release: PublicRelease, catalogue: Catalogue) -> list[Part]:
    said = owners_sentences(shape, release)
    if not said:
        return _rows([catalogue.rows["doing_nothing"]])
    pieces = (said[start : start + MOST] for start in range(0, len(said), MOST))
    return [Row(catalogue.rows["doing"].picture, tuple(piece)) for piece in pieces]


def _counted(shape: Shape, release: PublicRelease, catalogue: Catalogue) -> Row:
    """The days that the numbers are about, each once, in full."""
    figures = [read_fact(release, number).figure for number in shape.all_numbers]
    spans = {_span(figure) for figure in figures if figure}
    said = counted(sorted(spans), catalogue)
    return Row("calendar", said[:MOST] or catalogue.states["unknown"])


def _span(figure: PublicFigure) -> tuple[dt.date, dt.date]:
    """From when until when; a count of one day is of its last."""
    end = end_of(figure)
    start = end if figure.basis == "snapshot" else dt.date.fromisoformat(figure.period_start)
    return start, end


def _pairs(shape: Shape, release: PublicRelease) -> tuple[Pair, ...]:
    """The newest answers on this topic, then those on all of them."""
    about = [one for one in release.answered if one.topic in (shape.slug, "")]
    newest = sorted(about, key=lambda one: (one.topic == "", -one.on.toordinal(), one.said))
    return tuple(Pair(one.said, one.did) for one in newest[:MOST_PAIRS])


def _fixed(words: TopicWords, blocks: Sequence[Block]) -> Iterator[str]:
    """The sentences of a page that are neither an owner's nor made by a number: those of the
    catalogue as they stand there, and what is said of the change."""
    for row in (*words.what, *words.means):
        yield from row.sentences
    for one in words.numbers.values():
        yield from filter(None, (one.words, one.other, one.about, one.nothing, one.over))
    for part in (part for block in blocks if block.id == "change" for part in block.parts):
        yield from sentences_of(part)


def _with_meanings(blocks: Sequence[Block], catalogue: Catalogue) -> tuple[Block, ...]:
    """The same with every hard word marked and explained where the page first uses it."""
    seen: set[str] = set()
    return tuple(
        replace(block, parts=tuple(_explained(block.parts, catalogue, seen))) for block in blocks
    )


def _explained(parts: Sequence[Part], catalogue: Catalogue, seen: set[str]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Row):
            beside = Beside(part.picture, part.sentences)
            yield from front.as_rows(explained([beside], catalogue.hard_words, seen))
        else:
            yield part


def find_faults(content: EasyRead, catalogue: Catalogue | None = None) -> list[str]:
    """Everything about the pages that must not be published, a sentence each with its page."""
    catalogue = catalogue or load_catalogue()
    found = [
        f"{topic.slug}: {fault.rule}: {fault.words} (“{fault.where}”)"
        for topic in content.topics
        for fault in find_page_errors(topic, catalogue)
    ]
    found += [
        f"front: {fault.rule}: {fault.words} (“{fault.where}”)"
        for text in _front_texts(content)
        for fault in find_errors(text)
    ]
    return list(dict.fromkeys(found))


def _front_texts(content: EasyRead) -> Iterator[str]:
    """What is read outside the topics. Names of services are theirs, so they are not read."""
    yield from (content.title, content.updated, content.next_update, content.checked)
    yield from (content.invented, content.late, *(one.does for one in content.helpers))
    for row in content.around:
        yield unmarked("\n".join(row.sentences))
    yield from (meaning for _, meaning in content.hard_words)
