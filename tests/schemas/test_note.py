"""Dated notes: what each is about, and what a file may not say."""

import re
from pathlib import Path

import pytest

from schemas.definition import NoteError
from schemas.measure import load_measures
from schemas.note import Note, load_notes, notes_about

DARLINGTON, DURHAM = "E06000005", "E06000047"
MEASURES = load_measures()
NOTES = {note.id: note for note in load_notes()}


def about(measure_id: str, area_code: str = DARLINGTON) -> list[str]:
    return [note.id for note in notes_about(NOTES.values(), MEASURES[measure_id], area_code)]


def made(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_note_says_what_happened_in_sentences_and_where_that_is_written(note: Note) -> None:
    assert re.search(r"[.]$", note.words)
    assert len(note.words) <= 200
    assert len(note.source) > 20


def test_notes_come_oldest_first() -> None:
    days = [note.on for note in load_notes()]
    assert days == sorted(days)


def test_the_national_return_changed_but_2023_may_be_compared_with_2024() -> None:
    assert about("ehcp_20w_excl") == ["sen2_person_level"]
    assert not NOTES["sen2_person_level"].breaks


def test_the_national_return_is_noted_wherever_its_figures_are_set_beside() -> None:
    from_return = {
        measure.id
        for measure in MEASURES.values()
        if any(benchmark.file.startswith("dfe_ehc_") for benchmark in measure.benchmarks)
    }
    assert set(NOTES["sen2_person_level"].measures) == from_return


@pytest.mark.parametrize(
    "measure_id", ["absence_auth_pct", "absence_unauth_pct", "ehe_send", "cme_send"]
)
def test_what_is_counted_otherwise_since_autumn_2024_is_a_break(measure_id: str) -> None:
    [broken] = [name for name in about(measure_id) if NOTES[name].breaks]
    assert NOTES[broken].on.year == 2024


def test_the_codes_of_2024_do_not_break_absence_as_a_whole() -> None:
    assert "attendance_shared_daily" in about("absence_overall_pct")
    assert not any(NOTES[name].breaks for name in about("absence_overall_pct"))


def test_an_areas_own_note_is_about_no_other_area() -> None:
    assert about("salt_wait_mean_days") == ["darlington_speech_service"]
    assert about("salt_wait_mean_days", DURHAM) == []


def test_a_note_on_a_theme_is_about_each_of_its_measures(tmp_path: Path) -> None:
    made(tmp_path, "a", 'on = 2025-01-01\nwords = "W."\nsource = "S"\nthemes = ["plans"]')
    [note] = load_notes(tmp_path)
    assert note.is_about(MEASURES["ehcp_active"], DURHAM)
    assert not note.is_about(MEASURES["suspensions"], DURHAM)


def test_every_fault_of_every_file_is_told_with_its_key(tmp_path: Path) -> None:
    about_plans = 'themes = ["plans"]'
    made(tmp_path, "a", f'on = 2025-13-01\nwords = "W."\nsource = "S"\n{about_plans}')
    made(tmp_path, "b", f'on = 2025-01-01\nwords = " "\nbreak = true\n{about_plans}')
    made(
        tmp_path,
        "c",
        'on = 2025-01-01\nwords = "W."\nsource = "S"\n'
        'themes = ["plan"]\nmeasures = ["ehcp"]\nareas = ["E99"]',
    )
    made(tmp_path, "d", 'on = 2025-01-01\nwords = "W."\nsource = "S"')
    with pytest.raises(NoteError) as error:
        load_notes(tmp_path)
    assert [(fault.file, fault.key) for fault in error.value.faults] == [
        ("a.toml", "file"),
        ("b.toml", "break"),
        ("b.toml", "source"),
        ("b.toml", "words"),
        ("c.toml", "areas"),
        ("c.toml", "measures"),
        ("c.toml", "themes"),
        ("d.toml", "file"),
    ]
