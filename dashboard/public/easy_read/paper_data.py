"""What stands on paper, as plain data for the template that sets it: every sentence in pieces."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.public.easy_read.content import Block, Calendar, EasyRead, OutOfTen, Part, Row, Topic
from dashboard.public.easy_read.html import foot_of, squares
from dashboard.public.easy_read.pictures import LICENCE_SITE, MAKER_SITE, load_pictures
from dashboard.public.release import PublicRelease
from dashboard.words.easy_read.catalogue import load_catalogue
from dashboard.words.easy_read.sentences import split_sentences
from dashboard.words.values import capital

Json = dict[str, Any]
Words = Mapping[str, str]
_BOLD = re.compile(r"\*\*(.+?)\*\*")
# Letters and signs that the fonts of ours have: Latin with every accent of Europe.
_MISSING = re.compile("[^\u0020-\u007e\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ac]")
_AFTER = ("help", "counted")  # stand behind everything else, in this order


def all_on_paper(release: PublicRelease, content: EasyRead) -> Json:
    """The front page, every topic and the hard words."""
    words = load_catalogue(content.language).words
    topics = [_topic(topic, content, words) for topic in content.topics]
    pages = [_front(content, words), *topics, _hard_words(content, words)]
    return _around(release, content, words) | {"title": _printable(content.title), "pages": pages}


def topic_on_paper(release: PublicRelease, content: EasyRead, topic: Topic) -> Json:
    """One topic by itself."""
    words = load_catalogue(content.language).words
    title = _printable(f"{topic.question} – {content.title}")
    pages = [_topic(topic, content, words)]
    return _around(release, content, words) | {"title": title, "pages": pages}


def _around(release: PublicRelease, content: EasyRead, words: Words) -> Json:
    """What every paper says beside its pages."""
    return {
        "invented": _lines(content.invented),
        "number": words["page_number"],
        "foot_title": words["foot"],
        "foot": [line for text in foot_of(content) for line in _lines(text)],
        "tell_title": words["tell"],
        "tell": _tell(release, words),
        "credit": [[words["pictures_by"], MAKER_SITE], [words["licence"], LICENCE_SITE]],
    }


def _tell(release: PublicRelease, words: Words) -> list[Json]:
    """How to answer without the internet."""
    public = release.area.public
    phone, post = (public.comment_phone, public.comment_post) if public else ("", "")
    by_phone = [words["by_phone"], phone] if phone else [words["no_phone"]]
    by_post = [words["by_post"], post] if post else [words["no_post"]]
    return [_row("phone", by_phone), _row("letter", by_post)]


def _front(content: EasyRead, words: Words) -> Json:
    intro = [_part(row) for row in content.intro]
    answers = [
        _titled(one.picture, one.short, f"{one.headline} {one.change}") for one in content.topics
    ]
    makers = _section("", [_part(row) for row in content.makers])
    sections = [_section("", intro), _section(words["topics"], answers), makers]
    sections.append(_help(content, words))
    return {"title": _printable(content.title), "sections": sections}


def _topic(topic: Topic, content: EasyRead, words: Words) -> Json:
    first = [_block(one, topic, words) for one in topic.blocks if one.id not in _AFTER]
    by_id = {one.id: one for one in topic.blocks}
    last = [_block(by_id["counted"], topic, words)] if "counted" in by_id else []
    helping = _help(content, words, by_id.get("help"))
    return {"title": _printable(topic.question), "sections": [*first, helping, *last]}


def _block(block: Block, topic: Topic, words: Words) -> Json:
    parts = [_part(part) for part in block.parts]
    for pair in topic.pairs if block.id == "you-said" else ():
        parts.append(_titled("speech", words["you_said"], pair.said))
        parts.append(_titled("tick", words["we_did"], pair.did))
    return _section(block.heading, parts, "number" if block.id == "number" else "")


def _help(content: EasyRead, words: Words, block: Block | None = None) -> Json:
    parts = [_part(part) for part in block.parts] if block else []
    for one in content.helpers:
        ways = {words["phone"]: one.phone, words["email"]: one.email, words["web"]: one.web}
        reached = [f"{label}: {way}" for label, way in ways.items() if way]
        parts.append(_titled(one.picture, one.name, one.does, reached))
    if content.unreached:
        parts.append(_part(content.unreached))
    return _section(block.heading if block else words["help"], parts, "help")


def _hard_words(content: EasyRead, words: Words) -> Json:
    rows = [
        {"kind": "words", "lines": [[[_printable(capital(word)), True]], *_lines(meaning)]}
        for word, meaning in content.hard_words
    ]
    intro = {"kind": "words", "lines": _lines(words["hard_words_intro"])}
    return {"title": words["hard_words"], "sections": [_section("", [intro, *rows])]}


def _section(heading: str, parts: list[Json], look: str = "") -> Json:
    return {"heading": _printable(heading), "parts": parts, "look": look}


def _part(part: Part) -> Json:
    match part:
        case Row():
            return _row(part.picture, part.sentences)
        case OutOfTen():
            return _ten(part)
        case Calendar():
            return _calendar(part)


def _titled(picture: str, title: str, text: str, more: Iterable[str] = ()) -> Json:
    row = _row(picture, [*split_sentences(text), *more])
    return row | {"lines": [[[_printable(title), True]], *row["lines"]]}


def _row(picture: str, sentences: Iterable[str]) -> Json:
    lines = [_pieces(sentence) for sentence in sentences]
    return {"kind": "row", "picture": load_pictures()[picture].colour, "lines": lines}


def _ten(part: OutOfTen) -> Json:
    picture = load_pictures()[part.picture]
    return {
        "kind": "ten",
        "full": picture.colour,
        "empty": picture.outline,
        "filled": part.filled,
        "label": part.label,
        "words": _pieces(part.words),
        "other": _pieces(part.other),
    }


def _calendar(part: Calendar) -> Json:
    return {
        "kind": "months",
        "months": part.months,
        "squares": squares(part),
        "limit": part.limit or 0,
        "limit_words": _pieces(part.limit_words),
        "label": part.label,
        "lines": [_pieces(sentence) for sentence in part.sentences],
    }


def _lines(text: str) -> list[list[list[Any]]]:
    return [_pieces(line) for line in split_sentences(text)]


def _pieces(sentence: str) -> list[list[Any]]:
    """Each piece's text and whether it is bold: they take turns round the marks."""
    pieces = _BOLD.split(_printable(sentence))
    return [[piece, place % 2 == 1] for place, piece in enumerate(pieces) if piece]


def _printable(sentence: str) -> str:
    """A letter that no font of ours has loses its accents; any other sign, such as a smiling face
    in something a family said, is left out. One sign must not stop a publication."""
    return _MISSING.sub(_without_accents, unicodedata.normalize("NFC", sentence))


def _without_accents(found: re.Match[str]) -> str:
    return _MISSING.sub("", unicodedata.normalize("NFKD", found[0]))
