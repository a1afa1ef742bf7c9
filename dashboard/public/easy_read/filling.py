"""The numbers of a page put into its words: what is drawn and said of each, shown or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from dashboard.public.easy_read.beside import compare
from dashboard.public.easy_read.content import Calendar, OutOfTen, Part, Row
from dashboard.public.easy_read.facts import Fact, Kind, Number, State, end_of
from dashboard.public.easy_read.misfit import Misfit, TemplateMisfit, filled
from dashboard.public.release import PublicRelease
from dashboard.words.easy_read.amounts import classes_words, count_words, out_of_ten
from dashboard.words.easy_read.catalogue import Catalogue, NumberWords
from dashboard.words.easy_read.changes_said import Trend
from dashboard.words.easy_read.dates import month_and_year, months_in_full, term_in_year
from dashboard.words.easy_read.waits import Wait, anchor, wait_of_days, wait_of_weeks

_LONGEST = 36_500  # days; what is longer is a slip, and no month a century ago is worth naming
_TREND_PICTURES = {
    Trend.better: "thumbs-up",
    Trend.worse: "thumbs-down",
    Trend.same: "same",
    Trend.more: "up",
    Trend.fewer: "down",
    Trend.longer: "up",
    Trend.shorter: "down",
    Trend.few: "question",
    Trend.unknown: "question",
}


@dataclass(frozen=True)
class Page:
    """Whose words they are, for the message when one does not fit, and the catalogue."""

    topic: str
    catalogue: Catalogue

    def fill(self, template: str, **values: str) -> str:
        return filled(self.topic, template, **values)


def number_parts(page: Page, number: Number, fact: Fact, words: NumberWords) -> list[Part]:
    """What is drawn and said of one number; never empty."""
    if fact.state is not State.shown or fact.amount is None:
        return [_not_shown(page, number, fact, words)]
    draw = {Kind.share: _share, Kind.count: _count, Kind.wait: _wait}[number.kind]
    parts = [*draw(page, number, fact, fact.amount, words)]
    if fact.figure and fact.figure.unreliable:
        parts.append(Row("warning", page.catalogue.states["few"]))
    return parts


def headline(page: Page, number: Number, fact: Fact, words: NumberWords) -> str:
    """The one sentence that answers the page's question."""
    first = number_parts(page, number, fact, words)[0]
    if isinstance(first, OutOfTen):
        return first.words
    has_about = fact.state is State.unknown and words.about
    return first.sentences[1 if has_about else 0]


def _not_shown(page: Page, number: Number, fact: Fact, words: NumberWords) -> Row:
    about = (words.about,) if words.about else ()
    if fact.state is State.hidden:
        return Row("question", (*about, *page.catalogue.states["hidden"]))
    if fact.state is State.nothing and words.nothing:
        return Row(number.picture, (words.nothing,))
    return Row("question", (*about, *page.catalogue.states["unknown"]))


def _share(
    page: Page, number: Number, fact: Fact, share: Fraction, words: NumberWords
) -> Iterator[Part]:
    if share > 1:
        if not words.over:
            why = "There are more than there should be, and no sentence for that."
            raise TemplateMisfit([Misfit(page.topic, words.words, why)])
        yield Row(number.picture, (words.over,))
        return
    amount = out_of_ten(share, page.catalogue)
    said = page.fill(words.words, amount=amount.words)
    other = page.fill(words.other, amount=amount.other)
    yield OutOfTen(number.picture, amount.filled, said, other, f"{said} {other}".strip())


def _count(
    page: Page, number: Number, fact: Fact, count: Fraction, words: NumberWords
) -> Iterator[Part]:
    if count == 0 and words.nothing:
        yield Row(number.picture, (words.nothing,))
        return
    said = page.fill(words.words, amount=count_words(int(count), page.catalogue))
    classes = classes_words(int(count), page.catalogue) if number.children else ""
    yield Row(number.picture, tuple(one for one in (said, classes) if one))


def _wait(
    page: Page, number: Number, fact: Fact, days: Fraction, words: NumberWords
) -> Iterator[Part]:
    wait = wait_of_days(days, page.catalogue)
    said = page.fill(words.words, wait=wait.words)
    all_said = (said, words.other, _pictured(page, number, fact, wait, days))
    sentences = tuple(one for one in all_said if one)
    if not wait.months:
        yield Row("calendar", sentences)
        return
    limit = wait_of_weeks(Fraction(number.limit_weeks), page.catalogue)
    limit_words = page.fill(words.limit, limit=limit.words) if number.limit_weeks else ""
    squares = page.fill(page.catalogue.waits["calendar"], wait=wait.words, n=str(wait.months))
    label = " ".join(one for one in (said, words.other, squares, limit_words) if one)
    months = limit.months if number.limit_weeks else None
    yield Calendar(wait.months, months, limit_words, label, sentences)


def _pictured(page: Page, number: Number, fact: Fact, wait: Wait, days: Fraction) -> str:
    """A month to hold on to: of waits that ended, until when; of waits that go on, since when."""
    if not number.so_far:
        return anchor(wait, page.catalogue)
    if fact.figure is None or days > _LONGEST:
        return ""
    asked = end_of(fact.figure) - timedelta(days=int(days))
    month = month_and_year(asked, page.catalogue)
    return page.fill(page.catalogue.waits["asked"], month=month)


def change_row(page: Page, trend: Trend, words: NumberWords, release: PublicRelease) -> Row:
    """The same term a year before, with a thumb or an arrow. The common sentences say “this”, so
    the number is named first.

    Raises:
        TemplateMisfit: there is no sentence for the trend.
    """
    own, common = words.changes.get(trend), page.catalogue.changes.get(trend)
    if not own and not common:
        why = f"The number is {trend}, and no sentence says so."
        raise TemplateMisfit([Misfit(page.topic, "changes", why)])
    then = term_in_year(release.term.last_year, page.catalogue)
    about = (words.about,) if words.about and not own else ()
    return Row(_TREND_PICTURES[trend], (*about, page.fill(own or common or "", then=then)))


def compared_rows(
    page: Page, number: Number, words: NumberWords, release: PublicRelease
) -> Iterator[Row]:
    """Beside England, where there is a pair to compare.

    Raises:
        TemplateMisfit: there is no sentence for how it compares.
    """
    found = compare(release, number)
    if found is None:
        return
    said = page.catalogue.compared
    template = words.compared.get(found.trend) or said.get(found.trend)
    if not template:
        why = f"It is {found.trend} beside England, and no sentence says so."
        raise TemplateMisfit([Misfit(page.topic, "compared", why)])
    period = months_in_full(found.start, found.end, page.catalogue)
    yield Row("map-pin", (page.fill(said["period"], period=period), page.fill(template)))
