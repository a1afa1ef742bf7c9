"""A measure: its message as the title, chart and verdicts side by side, then words and numbers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.packs.newest_rows import newest_rows
from dashboard.packs.pack import MeasurePage, PackChart, Verdict
from dashboard.packs.slides.alt import describe
from dashboard.packs.slides.chart_data import chart_data
from dashboard.packs.slides.chart_style import style_chart
from dashboard.packs.slides.deck import Box, Deck, link_out
from dashboard.packs.slides.flow import Block, fitted
from dashboard.packs.slides.letters import LINE
from dashboard.packs.slides.pages import draw_tables, draw_together, draw_words
from dashboard.packs.slides.speaker import write_notes
from dashboard.packs.slides.text import FLOOR, Para, Run, height_of, words

_CHART_SHARE = 0.63  # of the width
_BETWEEN = 20.0
_CHART_LEAST = 230.0  # points: a lower chart is not worth looking at
_SPACE = 8.0
_FEWEST = 8  # rows of numbers that share a slide with words, where twelve do not fit
_FOOT_MOST = 3 * FLOOR * LINE  # three lines


def draw_measure(deck: Deck, page: MeasurePage) -> Slide:
    """The slide of the measure, then what did not fit on it, then its numbers."""
    chart = page.chart
    slide = deck.add(chart.headline if chart else page.title)
    rest = _draw_with_chart(deck, slide, page, chart) if chart else _draw_words(deck, slide, page)
    write_notes(slide, deck.pack, page)
    _draw_rest(deck, page, rest)
    return slide


def _draw_rest(deck: Deck, page: MeasurePage, rest: list[Block]) -> None:
    """Words and numbers on one slide where they fit together, else on slides of their own."""
    numbers = newest_rows(page.table)
    tables = [numbers, newest_rows(page.table, _FEWEST)] if rest and numbers.rows else []
    if any(draw_together(deck, f"{page.title}: words and numbers", rest, x) for x in tables):
        return
    if rest:
        draw_words(deck, f"{page.title}: commentary and notes", rest)
    if numbers.rows:
        draw_tables(deck, f"{page.title}: the numbers", numbers)


def _draw_with_chart(deck: Deck, slide: Slide, page: MeasurePage, chart: PackChart) -> list[Block]:
    """Returns what did not fit."""
    body, letters = deck.body, deck.letters
    about = _about(deck, page, chart)
    high = height_of([about], letters, body.width)
    deck.write(slide, Box(body.left, body.top, body.width, high), [about], "Subtitle")
    foot, rest = _foot(deck, slide, page)
    low = height_of(foot, letters, body.width)
    top, bottom = body.top + high + _SPACE, body.bottom - low - _SPACE
    wide = body.width * _CHART_SHARE
    sentence = fitted([(words(page.sentence, 14),)], letters, wide, bottom - top - _CHART_LEAST)
    below = height_of(sentence or [], letters, wide)
    more: list[Block] = []
    tall = bottom - top - (below + _SPACE if sentence else 0)
    _add_chart(deck, slide, Box(body.left, top, wide, tall), chart)
    if sentence:
        under = Box(body.left, top + tall + _SPACE, wide, below)
        deck.write(slide, under, sentence, "In words")
    else:
        more = [(words(page.sentence, 16),)]
    side = Box(body.left + wide + _BETWEEN, top, body.width - wide - _BETWEEN, bottom - top)
    more += _draw_side(deck, slide, page, side)
    deck.write(slide, Box(body.left, body.bottom - low, body.width, low), foot, "Source")
    return [*more, *rest]


def _draw_words(deck: Deck, slide: Slide, page: MeasurePage) -> list[Block]:
    """A measure without a chart: what would stand beside one, across the slide."""
    body = deck.body
    foot, rest = _foot(deck, slide, page)
    low = height_of(foot, deck.letters, body.width)
    room = Box(body.left, body.top, body.width, body.height - low - _SPACE)
    sentence = (replace(words(page.sentence, 18), before=6),)
    rest = [*_draw_side(deck, slide, page, room, sentence), *rest]
    deck.write(slide, Box(body.left, body.bottom - low, body.width, low), foot, "Source")
    return rest


def _draw_side(
    deck: Deck, slide: Slide, page: MeasurePage, box: Box, sentence: Block = ()
) -> list[Block]:
    """The newest figure and the verdicts; commentary and notes too when they fit. Returns what did
    not fit, in its order."""
    first = [_newest(deck, page), *([sentence] if sentence else [])]
    verdicts = [_verdict(deck, one) for one in page.verdicts]
    more = [*_commentary(page), *_notes(page)]
    every = [*first, *verdicts, *more]
    most = len(first) + len(verdicts)
    for count in (len(every), *range(most, -1, -1)):  # commentary and notes stay together
        said = fitted(every[:count], deck.letters, box.width, box.height)
        if said is not None:
            break
    assert said is not None  # nothing at all always fits
    deck.write(slide, box, said, "What can be said")
    return every[count:]


def _about(deck: Deck, page: MeasurePage, chart: PackChart) -> Para:
    start = " The upright axis does not start at 0." if chart.low > 0 else ""
    subtitle = chart.subtitle.rstrip(".")
    runs = (
        Run(f"{page.title}. ", bold=True, colour=deck.inks.text),
        Run(f"{subtitle}.{start}", colour=deck.inks.soft),
    )
    return Para(runs, 14)


def _add_chart(deck: Deck, slide: Slide, box: Box, pack_chart: PackChart) -> None:
    data: Any = chart_data(pack_chart, deck.pack.published_on)
    place = (Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *place, data)
    style_chart(frame.chart, pack_chart, box.width)
    describe(frame, "Chart", pack_chart.alt)


def _newest(deck: Deck, page: MeasurePage) -> Block:
    size = 32 if len(page.value) <= 12 else 20
    block = [words(page.value, size, bold=True, colour=deck.inks.strong)]
    block += [words(page.about, 14, colour=deck.inks.soft)]
    if page.attention:
        attention = f"Needs attention: {'; '.join(page.attention)}"
        block += [replace(words(attention, 14, bold=True, colour=deck.inks.warning), before=6)]
    return tuple(block)


def _verdict(deck: Deck, verdict: Verdict) -> Block:
    phrase = f"{verdict.phrase}. " if verdict.phrase else ""
    head = replace(words(verdict.about, 14, bold=True, colour=deck.inks.strong), before=9)
    return head, Para((Run(phrase, bold=True), Run(verdict.words)), 14)


def _commentary(page: MeasurePage) -> Iterator[Block]:
    for one in page.commentary:
        who = f"Commentary: {one.role}, {one.term}, written {one.written_on}"
        yield (replace(words(who, 16, bold=True), before=12),)
        for heading, said in one.parts:
            yield (replace(Para((Run(f"{heading}: ", bold=True), Run(said)), 16), before=4),)


def _notes(page: MeasurePage) -> Iterator[Block]:
    if page.notes:
        yield (replace(words("Notes", 16, bold=True), before=12),)
        yield from ((replace(words(one, 16), before=4, bullet=True),) for one in page.notes)


def _foot(deck: Deck, slide: Slide, page: MeasurePage) -> tuple[list[Para], list[Block]]:
    """Sources, version of the definition and address. When there are more sources than the foot
    holds the others stand on the slide that follows."""
    ending = f"Definition version {page.definition_version}. Permanent address: "
    last = Para((Run(ending), Run(page.url, link=link_out(slide, page.url))), FLOOR)
    for count in range(len(page.sources), -1, -1):
        said = " ".join(page.sources[:count])
        if count < len(page.sources):
            said = f"{said} Other sources are on the slide that follows.".strip()
        foot = [_soft(deck, para) for para in (words(said, FLOOR), last) if para.text]
        if height_of(foot, deck.letters, deck.body.width) <= _FOOT_MOST:
            break
    if count == len(page.sources):
        return foot, []
    listed = [(replace(words(one, 16), before=4, bullet=True),) for one in page.sources[count:]]
    return foot, [(replace(words("Other sources", 16, bold=True), before=12),), *listed]


def _soft(deck: Deck, para: Para) -> Para:
    runs = tuple(run if run.link else replace(run, colour=deck.inks.soft) for run in para.runs)
    return replace(para, runs=runs)
