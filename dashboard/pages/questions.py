"""The questions people ask, each with the links that answer it in an area, or why none does."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dashboard.address import Address
from dashboard.pages.shell import Link
from dashboard.pages.site import Site
from schemas.measure import Measure
from schemas.question import Question, load_questions

_WHOLE_PAGES = {"overview": "Overview", "gaps": "Where are the gaps?"}
_HEADINGS = {"send-gap": "The SEND gap"}


@dataclass(frozen=True)
class Answer:
    """A question with its links, or in one sentence why nothing answers it here."""

    number: int
    asker: str
    words: str
    links: tuple[Link, ...]
    unanswered: str = ""


def answers(site: Site, address: Address, figures: Collection[str]) -> list[Answer]:
    """Every question, in order, for the area and the edition of the address.

    Args:
        figures: the measures with figures of the area's own; the pages of others have fewer parts.
    """
    sent = {one.id: one for one in site.settings.measures_of(address.area)}
    return [_answer(one, address, sent, figures) for one in load_questions()]


def _answer(
    question: Question, address: Address, sent: dict[str, Measure], figures: Collection[str]
) -> Answer:
    measures = [sent[name] for name in question.measures if name in sent]
    links = tuple(_links(question, address, measures, figures))
    none = f"{address.area.name} does not send figures that answer this."
    why = "" if links else question.unanswered or none
    return Answer(question.number, question.asker, question.words, links, why)


def _links(
    question: Question, address: Address, measures: list[Measure], figures: Collection[str]
) -> Iterator[Link]:
    anchor = f"#{question.anchor}" if question.anchor else ""
    if question.page in _WHOLE_PAGES:
        if measures:
            words = _HEADINGS.get(question.anchor, _WHOLE_PAGES[question.page])
            yield Link(words, address.to(question.page).url + anchor)
        return
    for measure in measures:
        found = address.of_measure(measure, question.page)
        if measure.id not in figures:
            yield Link(measure.short_title, found.url)
            continue
        found = found.with_query(by=question.by) if question.by else found
        yield Link(measure.short_title, found.url + anchor)
