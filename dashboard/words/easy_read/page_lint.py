"""Reads a whole easy-read page and says which rule of `easy-read.md` it breaks.

These are the rules that one sentence cannot decide; every sentence is read by `lint` as well.
"""

import re
from collections.abc import Callable, Iterator

from dashboard.public.easy_read.content import Block, Calendar, OutOfTen, Part, Row, Topic
from dashboard.words.easy_read.by_word import one_name
from dashboard.words.easy_read.catalogue import Catalogue
from dashboard.words.easy_read.fault import Fault, Level
from dashboard.words.easy_read.glossary import MOST, find_words, unmarked
from dashboard.words.easy_read.lint import lint
from dashboard.words.easy_read.sentences import count_words

LONGEST_PAGE = 400  # words
MOST_NUMBERS = 3  # on a screen
REQUIRED = ("what", "number", "means", "doing", "you-said", "help", "counted")
_OUT_OF_TEN = re.compile(r"\b(\d+) out of 10\b")


def lint_page(topic: Topic, catalogue: Catalogue) -> list[Fault]:
    """Every fault of a page, each once: of its sentences and of the page."""
    found = [fault for rule in RULES for fault in rule(topic, catalogue)]
    found += [fault for text in texts_of(topic) for fault in lint(text)]
    return list(dict.fromkeys(found))


def texts_of(topic: Topic) -> list[str]:
    """All that is read on a page, without marks: sentences that stand together are one text."""
    texts = [topic.question, topic.short, f"{topic.headline}\n{topic.change}"]
    texts += [block.heading for block in topic.blocks]
    for part in _parts(topic):
        texts.append("\n".join(sentences_of(part)))
        if not isinstance(part, Row):
            texts.append(part.label)
    texts += [words for pair in topic.pairs for words in (pair.said, pair.did)]
    return [unmarked(text) for text in texts if text]


def sentences_of(part: Part) -> tuple[str, ...]:
    """What stands beside a picture, in order."""
    if isinstance(part, OutOfTen):
        return tuple(words for words in (part.words, part.other) if words)
    return part.sentences


def _parts(topic: Topic) -> Iterator[Part]:
    for block in topic.blocks:
        yield from block.parts


def right_pictures(topic: Topic, catalogue: Catalogue) -> Iterator[Fault]:
    """R21: one to three sentences beside a picture; R23: pictures whose meaning is set down."""
    for part in _parts(topic):
        sentences = sentences_of(part)
        if not 1 <= len(sentences) <= MOST:
            said = f"Put 1 to {MOST} sentences beside a picture, here are {len(sentences)}."
            yield Fault("R21", said, " ".join(sentences))
    for picture in [topic.picture, *(_picture(part) for part in _parts(topic))]:
        if picture and picture not in catalogue.pictures:
            yield Fault("R23", f"Nothing says what the picture “{picture}” stands for.", picture)


def _picture(part: Part) -> str:
    return "calendar" if isinstance(part, Calendar) else part.picture


def sides_agree(topic: Topic, catalogue: Catalogue) -> Iterator[Fault]:
    """R32: as many pictures as the sentence says; R35: the other side, and both make 10."""
    for part in _parts(topic):
        if not isinstance(part, OutOfTen):
            continue
        numbers = [
            int(found[1]) for found in map(_OUT_OF_TEN.search, (part.words, part.other)) if found
        ]
        if not part.other:
            yield Fault("R35", "Say the other side too.", part.words)
        elif part.filled in (0, 10):
            yield from _ends_agree(part)
        elif numbers != [part.filled, 10 - part.filled]:
            yield Fault("R32", f"{part.filled} of the 10 pictures are filled.", part.words)


def _ends_agree(part: OutOfTen) -> Iterator[Fault]:
    """Rows of none or all say so in words: of the two sides, one at most has a number, a 1."""
    wrong = [
        number for number in _OUT_OF_TEN.findall(f"{part.words} {part.other}") if number != "1"
    ]
    if wrong:
        yield Fault("R32", f"{part.filled} of the 10 pictures are filled.", part.words)


def few_numbers(topic: Topic, catalogue: Catalogue) -> Iterator[Fault]:
    """Three numbers at most on a screen, which we take a block to be."""
    for block in topic.blocks:
        drawn = [part for part in block.parts if not isinstance(part, Row)]
        if len(drawn) > MOST_NUMBERS:
            yield Fault("R32", f"Show {MOST_NUMBERS} numbers at most.", block.heading)


def hard_words(topic: Topic, catalogue: Catalogue) -> Iterator[Fault]:
    """R18: a hard word is marked where it is first used and explained in the next sentence; of
    two in one sentence, the second in the one after."""
    sentences = [words for part in _parts(topic) for words in sentences_of(part)]
    seen: set[str] = set()
    for place, sentence in enumerate(sentences):
        found = find_words(unmarked(sentence), catalogue.hard_words)
        new = [word for word in found if word.name not in seen]
        after = unmarked(" ".join(sentences[place + 1 : place + 1 + len(new)]))
        for word in new:
            seen.add(word.name)
            marked = any(f"**{form}**".casefold() in sentence.casefold() for form in word.all_forms)
            if not marked or word.key not in after:
                yield Fault("R18", f"Explain “{word.name}” in the next sentence.", sentence)


def one_name_a_page(topic: Topic, catalogue: Catalogue) -> Iterator[Fault]:
    """R19: one word for one thing on the whole page."""
    yield from one_name("\n".join(texts_of(topic)))


def short(topic: Topic, catalogue: Catalogue) -> Iterator[Fault]:
    """R30: 400 words at most. What is said of a row to those who cannot see it is not counted."""
    labels = {unmarked(part.label) for part in _parts(topic) if not isinstance(part, Row)}
    read = [text for text in texts_of(topic) if text not in labels]
    words = sum(count_words(text) for text in read)
    if words > LONGEST_PAGE:
        yield Fault("R30", f"This page has {words} words. {LONGEST_PAGE} are the most.", topic.slug)


def whole_page(topic: Topic, catalogue: Catalogue) -> Iterator[Fault]:
    """R40, R42: a question, what it means, who helps, when it was counted, what was answered."""
    if not topic.question.endswith("?"):
        yield Fault("R40", "Ask a question in the heading.", topic.question)
    if not topic.measure_ids:
        yield Fault("R40", "Name the numbers that the page links to.", topic.slug)
    there = {block.id: block for block in topic.blocks}
    for name in REQUIRED:
        if name not in there or not _says_something(there[name]):
            rule = "R42" if name == "you-said" else "R40"
            yield Fault(rule, f"The page needs the block “{name}”.", topic.slug)
    if len(there) < len(topic.blocks):
        yield Fault("R40", "Two blocks have the same id.", topic.slug)


def _says_something(block: Block) -> bool:
    return bool(block.parts) and bool(block.heading)


RULES: tuple[Callable[[Topic, Catalogue], Iterator[Fault]], ...] = (
    right_pictures,
    sides_agree,
    few_numbers,
    hard_words,
    one_name_a_page,
    short,
    whole_page,
)


def find_page_errors(topic: Topic, catalogue: Catalogue) -> list[Fault]:
    """Those that stop a page."""
    return [fault for fault in lint_page(topic, catalogue) if fault.level is Level.error]
