"""What owners say to families on a page, checked against the numbers, and fixed words likewise."""

from collections.abc import Iterable, Iterator

from dashboard.public.easy_read.facts import Number, number_about, read_fact, trend_of
from dashboard.public.easy_read.misfit import Misfit, Moved, find_misfits
from dashboard.public.easy_read.shapes import Shape
from dashboard.public.release import PublicRelease
from dashboard.words.easy_read.catalogue import Catalogue, NumberWords, TopicWords
from dashboard.words.easy_read.changes_said import Trend
from dashboard.words.easy_read.sentences import split_sentences


def owners_sentences(shape: Shape, release: PublicRelease) -> list[str]:
    """What the owners of a page's measures say this term, in the order of its measures."""
    ids = (*shape.measure_ids, *shape.also)
    said = [one for name in ids for one in release.said if one.measure_id == name]
    return [sentence for one in said for sentence in split_sentences(one.sentences)]


def words_that_do_not_fit(
    shape: Shape, catalogue: Catalogue, fixed: Iterable[str], release: PublicRelease
) -> Iterator[Misfit]:
    """Owners' sentences that claim another direction than their measure's numbers have, and fixed
    sentences of the page that claim another than its first number has."""
    first, words = shape.numbers[0], catalogue.topics[shape.slug]
    moved = moved_by(release, first, words.numbers[first.name])
    for sentence in dict.fromkeys(fixed):
        yield from find_misfits(shape.slug, sentence, moved, catalogue.claims)
    for said in release.said:
        if said.measure_id in (*shape.measure_ids, *shape.also):
            moved = _moved_measure(shape, words, said.measure_id, release)
            yield from find_misfits(shape.slug, said.sentences, moved, catalogue.claims, bare=True)


def _moved_measure(
    shape: Shape, words: TopicWords, measure_id: str, release: PublicRelease
) -> Moved:
    for number in shape.numbers:
        if number.measure_id == measure_id:
            return moved_by(release, number, words.numbers[number.name])
    measure = release.measures.get(measure_id)
    return moved_by(release, number_about(measure), None) if measure else Moved(Trend.unknown)


def moved_by(release: PublicRelease, number: Number, words: NumberWords | None) -> Moved:
    """How a number moved since the same term a year before."""
    now, then = read_fact(release, number), read_fact(release, number, release.term.last_year)
    up = now.amount is not None and then.amount is not None and now.amount > then.amount
    measure = release.measures.get(number.measure_id)
    good = None
    if measure and measure.polarity != "neutral":
        good = up == (measure.polarity == "higher_better")
    opposite = words.opposite if words else ()
    return Moved(trend_of(release, number), up, good, opposite)
