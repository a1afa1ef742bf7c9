"""Shares as “out of 10” and counts as round numbers, so that nobody has to think in per cent."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from dashboard.words.easy_read.catalogue import Catalogue, fill

CLASS_SIZE = 30  # children
FEW, THOUSAND, MILLION = 10, 1_000, 1_000_000
_FIRST, _LAST = Fraction(5, 100), Fraction(95, 100)
_NEAR = Fraction(5, 100)  # of one tenth: so near a whole number needs no “about”


@dataclass(frozen=True)
class Amount:
    """A share in words: how many pictures of ten are filled, and the beginning of the sentence on
    this side and on the other (`About 6 out of 10`, `About 4 out of 10`)."""

    filled: int
    words: str
    other: str


def out_of_ten(share: Fraction, catalogue: Catalogue) -> Amount:
    """The table of `easy-read.md`. 0 and 10 out of 10 are never said: a share above nothing and
    under 5 in 100 is “fewer than 1”, over 95 in 100 is “nearly all”. At 95 in 100 exactly the half
    is rounded down, so that the two sides are 9 and 1 and add up to 10.

    Args:
        share: the unrounded share of the published counts, 0 to 1.

    Raises:
        ValueError: the share is no part of a whole.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share of a whole")
    said = catalogue.amounts
    if share in (0, 1):
        sides = (said["none"], said["all"])
        return Amount(10, *reversed(sides)) if share else Amount(0, *sides)
    if share < _FIRST:
        return Amount(0, said["fewer_than_1"], said["nearly_all"])
    if share > _LAST:
        return Amount(10, said["nearly_all"], said["fewer_than_1"])
    number = min(9, half_up(10 * share))
    template = said["exact"] if abs(10 * share - number) <= _NEAR else said["about"]
    return Amount(number, fill(template, n=str(number)), fill(template, n=str(10 - number)))


def half_up(number: Fraction) -> int:
    """The nearest whole number, halves up, as people round."""
    whole, rest = divmod(number, 1)
    return int(whole) + (rest >= Fraction(1, 2))


def round_count(count: int) -> int:
    """To the nearest 10; from 1,000 to the nearest 100; from a million to the nearest million."""
    step = 10 if count < THOUSAND else 100 if count < MILLION else MILLION
    return half_up(Fraction(count, step)) * step


def count_words(count: int, catalogue: Catalogue) -> str:
    """As a sentence begins: `About 1,100`, `Fewer than 10`, `No`, `About 2 million`."""
    said = catalogue.amounts
    if count == 0:
        return said["none"]
    if count < FEW:
        return said["few"]
    number = round_count(count)
    if number >= MILLION:
        return fill(said["about_million"], n=str(number // MILLION))
    return fill(said["about_count"], n=f"{number:,}".replace(",", said["thousands"]))


def classes_words(count: int, catalogue: Catalogue) -> str:
    """What a number of children means: `That is about 37 full classes.`, from the round number
    that is read, so that who works it out finds the same; "" for less than a class."""
    classes = half_up(Fraction(round_count(count), CLASS_SIZE))
    if round_count(count) < CLASS_SIZE:
        return ""
    said = catalogue.amounts["one_class" if classes == 1 else "classes"]
    return fill(said, n=f"{classes:,}".replace(",", catalogue.amounts["thousands"]))


def exact(number: float) -> Fraction:
    """A published number as it is written, without the error of binary fractions."""
    return Fraction(Decimal(repr(number)))


def whole(number: float) -> int:
    """A published count; counts are whole."""
    return int(Decimal(repr(number)).quantize(Decimal(1), ROUND_HALF_UP))
