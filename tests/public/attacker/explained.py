"""Which numbers of a page the open table explains; any other could be one that is hidden."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schemas.note import load_notes
from tests.public.attacker.channels import NUMBERS, Files, Table
from tests.public.attacker.charts import Chart, read_charts
from tests.public.attacker.facts import OWN, Fact, read_facts
from tests.public.attacker.families import read_sentences
from tests.public.attacker.pages import numbers_in, sentences_of_pdf, without_axes, words_of

_Z = 1.959963984540054
_PAGE = re.compile(r"data/(\w+)/index\.html")
_FAMILY = re.compile(r"easy-read/([a-z-]+/)?index\.html")
_PAPER = re.compile(r"easy-read/([a-z-]+/)?\w+\.pdf")
_TO_DATA = re.compile(r'href="/data/[^"]*/(\w+)/"')


def unexplained_numbers(files: Files) -> Iterator[str]:
    """Numbers on the pages of measures that are no shown figure of that measure, no interval of
    one, nor in words that stand for more than one figure."""
    table, whole = Table(files), json.loads(files["data/all.json"])
    words = {one["measure_id"]: _strings(one) for one in whole["measures"]}
    always = {
        0.0,
        *_of_words(
            [text for note in load_notes() for text in _strings(note.model_dump(mode="json"))]
            + _strings(whole["left_out"])
        ),
    }
    for path, body in files.items():
        found = _PAGE.fullmatch(path)
        if found and found[1] in words:
            page = body.decode()
            rows = table.of(found[1])
            known = always | _of_words(words[found[1]]) | set(_shown(rows)) | _axes(page)
            for text in words_of(without_axes(page)):
                for number in numbers_in(text):
                    if number not in known:
                        yield f"{path}: {number} in “{text}”"


def wrong_charts(files: Files, area_code: str) -> Iterator[str]:
    """Points for anything but the shown figures, or an axis that stretches for something else."""
    own = read_facts(Table(files).rows, area_code, OWN)
    heads = {
        m["id"]: m["headline"] for m in json.loads(files["api/measures/index.json"])["measures"]
    }
    for path, body in files.items():
        found = _PAGE.fullmatch(path)
        if found and found[1] in heads:
            head = (heads[found[1]]["breakdown"], heads[found[1]]["category"])
            line = [f for f in own.values() if f.name.measure_id == found[1] and f.name[3:] == head]
            for chart in read_charts(body.decode()):
                yield from (f"{path}: {fault}" for fault in _faults(chart, line))


def untold_sentences(files: Files, area_code: str, pdf: bool) -> Iterator[str]:
    """Numbers on the pages for families, or in their PDFs, that no shown figure of the measures
    they lead to tells."""
    own = read_facts(Table(files).rows, area_code, OWN)
    for path, body in files.items():
        found = _PAPER.fullmatch(path) if pdf else _FAMILY.fullmatch(path)
        if found:
            page = files.get(f"easy-read/{found[1] or ''}index.html", b"").decode()
            about = set(_TO_DATA.findall(page)) if found[1] else {name.measure_id for name in own}
            facts = [fact for fact in own.values() if fact.name.measure_id in about]
            for said in read_sentences(sentences_of_pdf(body) if pdf else words_of(page)):
                if not said.is_told_by(facts):
                    yield f"{path}: {said.sentence}"


def _faults(chart: Chart, line: Iterable[Fact]) -> Iterator[str]:
    shown = [fact for fact in line if fact.value is not None]
    half = 0.5 * 10.0 ** -shown[0].measure.decimals + chart.near if shown else 0.0
    terms = [f for f in shown if " " in f.name.period and f.name.basis == f.measure.basis]
    months = [f for f in shown if " " not in f.name.period]
    if len(chart.marks.get("own", ())) != len(terms):
        yield f"{len(chart.marks.get('own', ()))} points for {len(terms)} figures"
    for name, facts in (("own", terms), ("months", months)):
        for value in (*chart.marks.get(name, ()), *chart.lines.get(name, ())):
            if not any(abs(value - (fact.value or 0)) <= half for fact in facts):
                yield f"a point at {value:g} is no figure"
    ends = {end for fact in terms for end in _interval(fact.numerator, fact.denominator)}
    for end in (end for pair in chart.whiskers for end in pair):
        if not any(abs(end - one) <= half + chart.near for one in ends):
            yield f"an interval to {end:g} is not that of a figure"
    drawn = [v for values in (*chart.marks.values(), *chart.lines.values()) for v in values]
    drawn += [end for pair in chart.whiskers for end in pair]
    target = [fact.measure.target.value for fact in shown if fact.measure.target]
    if max(drawn + target) < chart.high - chart.step - half:
        yield f"the axis goes to {chart.high:g} for {max(drawn):g}"


def _interval(count: float | None, out_of: float | None) -> list[float]:
    """Wilson’s, in per cent, as anybody can work it out from the printed counts."""
    if count is None or not out_of or count > out_of:
        return []
    p, z = count / out_of, _Z**2 / out_of
    middle = (p + z / 2) / (1 + z)
    reach = _Z * ((p * (1 - p) + z / 4) / out_of) ** 0.5 / (1 + z)
    return [100 * (middle - reach), 100 * (middle + reach)]


def _shown(rows: Iterable[Mapping[str, str]]) -> Iterator[float]:
    for row in rows:
        numbers = {key: float(row[key]) for key in NUMBERS if row[key]}
        for number in numbers.values():
            yield from (round(number + 1e-9, decimals) for decimals in (0, 1, 2))
            yield from (round(number, decimals) for decimals in (0, 1, 2))
        ends = _interval(numbers.get("numerator"), numbers.get("denominator"))
        yield from (round(end, decimals) for end in ends for decimals in (1, 2))
        said = (row["category_words"], row["source"], row["version"], row["period_words"])
        yield from (number for text in said for number in numbers_in(text))


def _axes(page: str) -> set[float]:
    """Where an axis starts is said in words too."""
    return {chart.low for chart in read_charts(page)}


def _of_words(texts: Iterable[str]) -> set[float]:
    return {number for text in texts for number in numbers_in(text)}


def _strings(found: Any) -> list[str]:
    if isinstance(found, Mapping):
        return [text for inner in found.values() for text in _strings(inner)]
    if isinstance(found, list):
        return [text for inner in found for text in _strings(inner)]
    return [str(found)] if isinstance(found, str | int | float) else []
