"""Q02, Q12: whether the files are of the right day, and of the same providers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from dashboard.releases.checks.finding import Check, Finding
from dashboard.releases.checks.material import Material, SentFile
from dashboard.releases.checks.saying import about_sheet
from dashboard.words.periods import day_words
from schemas.extracts import load_extracts
from schemas.note import notes_about
from schemas.term import parse_period


def find_other_days(material: Material) -> Iterator[Finding]:
    """A file whose data was taken before the end of what it is about, in the future, or so long
    after the term that it is late."""
    latest = material.term.flow_window.end + dt.timedelta(material.area.tolerances.as_at_days)
    for file_id, last_day in _last_days(material).items():
        sent = material.files[file_id]
        taken = dt.date.fromisoformat(sent.as_at_on)
        said = f"The data in {sent.name} is of {day_words(sent.as_at_on)}"
        if taken < last_day:
            words = f"{said}, before the last day it is about, {day_words(last_day.isoformat())}."
            yield about_sheet(material, "Q02", "must", str(file_id), words)
        elif taken > material.today:
            words = f"{said}, a day that has not come yet."
            yield about_sheet(material, "Q02", "must", str(file_id), words)
        elif taken > latest:
            words = (
                f"{said}: later than {material.area.tolerances.as_at_days} days after the end of "
                "the term, so late changes may be in it that earlier terms do not have."
            )
            yield about_sheet(material, "Q02", "should", str(file_id), words, (sent.as_at_on,))


def _last_days(material: Material) -> dict[int, dt.date]:
    """The last day that the term's figures of each file are about, on their own clock."""
    found: dict[int, dt.date] = {}
    for one, file_id in material.figures:
        measure = material.measures.get(one.measure_id)
        period = parse_period(one.period)
        if measure is None or period is None:
            continue
        day = dt.date.fromisoformat(one.period_end)
        if period == material.term:
            day = material.term.window(measure.clock).end
        found[file_id] = max(found.get(file_id, day), day)
    return found


def find_other_coverage(material: Material) -> Iterator[Finding]:
    """What files say of who is covered differs from the term before, and no dated note says that
    figures on either side may not be compared."""
    now, then = _covered(material, False), _covered(material, True)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, said in now.items():
        if name in then and said != then[name] and not _is_marked(material, name):
            found[then[name], said].append(name)
    for (old, new), names in found.items():
        sheets = ", ".join(f"“{load_extracts()[name].sheet}”" for name in names)
        words = (
            f"{sheets}: the coverage note was {_quoted(old)} and is now {_quoted(new)}. If figures "
            "can no longer be compared, write a dated note that says so."
        )
        yield about_sheet(material, "Q12", "should", names[0], words, (old, new), "notes")


def _quoted(note: str) -> str:
    return f"“{note}”" if note else "empty"


def _covered(material: Material, before: bool) -> dict[str, str]:
    """What the files say of their coverage, by sheet."""
    figures = material.last_term if before else material.figures
    files = material.last_files if before else material.files
    said: dict[str, set[str]] = defaultdict(set)
    for name, file_id in {(f.one.measure_id, f.file_id) for f in figures}:
        if name in material.measures:
            said[material.measures[name].source.extract].add(_note_of(files[file_id]))
    return {name: " / ".join(sorted(notes - {""})) for name, notes in sorted(said.items())}


def _note_of(sent: SentFile) -> str:
    return " ".join(sent.coverage_note.split())


def _is_marked(material: Material, extract: str) -> bool:
    """Whether a note breaks a measure of the sheet since the term before began."""
    first = material.term.shifted(-1).flow_window.start
    last = material.term.flow_window.end
    return any(
        note.breaks and first < note.on <= last
        for measure in material.measures.values()
        if measure.source.extract == extract
        for note in notes_about(material.notes, measure, material.area.code)
    )


CHECKS = (
    Check(
        "Q02",
        "must",
        "The data is of the right day",
        "The “data as at” day of each file: not before the end of what it is about, not in the "
        "future; late after the number of days in the settings.",
        find_other_days,
    ),
    Check(
        "Q12",
        "should",
        "The same providers are covered",
        "The coverage notes of this term's files beside those of the term before, and the dated "
        "notes that break a series.",
        find_other_coverage,
    ),
)
