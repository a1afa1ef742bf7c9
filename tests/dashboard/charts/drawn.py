"""Reads an SVG as a person's eye would: where its words stand, which numbers its lines have."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Words:
    """A line of words and the box it takes."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    def covers(self, other: "Words") -> bool:
        across = self.left < other.right - 0.5 and other.left < self.right - 0.5
        return across and self.top < other.bottom - 0.5 and other.top < self.bottom - 0.5


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def words_of(svg: str) -> list[Words]:
    return [*_words(parsed(svg), {})]


def overlapping(words: list[Words]) -> list[tuple[str, str]]:
    return [(a.text, b.text) for a, b in combinations(words, 2) if a.covers(b)]


def outside(svg: str) -> list[str]:
    """Words that leave the picture."""
    _, _, width, height = map(float, parsed(svg).get("viewBox", "").split())
    return [
        one.text
        for one in words_of(svg)
        if one.left < -0.5 or one.right > width + 0.5 or one.top < 0 or one.bottom > height
    ]


def series(svg: str) -> dict[str, ET.Element]:
    groups = (one for one in parsed(svg).iter(f"{SVG}g") if one.get("data-series"))
    return {one.get("data-series", ""): one for one in groups}


def paths(element: ET.Element) -> list[str]:
    return [one.get("d", "") for one in element.iter(f"{SVG}path")]


def marks(element: ET.Element) -> int:
    """How many circles, diamonds, squares and triangles: each closes its own path."""
    return sum(path.count("z") for path in paths(element))


def _words(element: ET.Element, given: Mapping[str, str]) -> Iterator[Words]:
    here = {**given, **element.attrib}
    if element.tag == f"{SVG}text":
        parts = element.findall(f"{SVG}tspan") or [element]
        x, y = float(here["x"]), float(here["y"])
        for part in parts:
            y += float(part.get("dy", "0"))
            yield _box(part.text or "", x, y, here)
        return
    for child in element:
        yield from _words(child, here)


def _box(text: str, x: float, y: float, given: Mapping[str, str]) -> Words:
    size = float(given["font-size"])
    wide = len(text) * size * 0.6
    shift = {"middle": wide / 2, "end": wide}.get(given.get("text-anchor", "start"), 0.0)
    return Words(text, x - shift, x - shift + wide, y - 0.75 * size, y + 0.2 * size)


def numbers(svg: str) -> list[float]:
    """Every number of the geometry."""
    found = []
    for element in parsed(svg).iter():
        for name in ("d", "x", "y", "cx", "cy", "r", "width", "height"):
            found += re.findall(r"-?[\d.]+|nan|inf|None", element.get(name, ""))
    return [float(one) for one in found]
