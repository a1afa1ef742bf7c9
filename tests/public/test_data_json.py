"""The JSON files: the same figures as the CSV, with definitions, and nothing of what is hidden."""

import json
from typing import Any

from tests.public.data_samples import every_file, rows_of, small_files


def _read(path: str, every: bool = False) -> dict[str, Any]:
    files = every_file() if every else small_files()
    found: dict[str, Any] = json.loads(files[path].body)
    return found


def test_the_json_holds_the_figures_of_the_csv() -> None:
    rows = rows_of(every_file()["data/all.csv"])
    figures = _read("data/all.json", every=True)["figures"]
    assert len(figures) == len(rows)
    for row, one in zip(rows, figures, strict=True):
        assert one["value"] == (float(row["value"]) if row["value"] else None)
        assert (one["symbol"] or "") == row["symbol"]
        assert one["category_words"] == (row["category_words"] or None)


def test_a_hidden_figure_has_a_symbol_and_no_number() -> None:
    figures = _read("data/ehcp_20w_excl/ehcp_20w_excl.json")["figures"]
    hidden = [one for one in figures if one["symbol"] == "c"]
    assert len(hidden) == 1
    assert (hidden[0]["numerator"], hidden[0]["denominator"], hidden[0]["value"]) == (None,) * 3


def test_truths_are_true_or_false() -> None:
    one = _read("data/ehcp_20w_excl/ehcp_20w_excl.json")["figures"][0]
    assert (one["unreliable"], one["rounded"], one["invented"]) == (False, False, True)


def test_it_says_which_edition_it_is_and_how_it_may_be_used() -> None:
    release = _read("data/all.json")["release"]
    assert release["name"] == "2025-26-summer-v1.0"
    assert release["published_on"] == "2026-10-15"
    assert release["licence_code"] == "OGL-UK-3.0"
    assert release["invented"] is True


def test_every_symbol_and_column_is_explained() -> None:
    found = _read("data/all.json")
    assert found["symbols"]["c"] == "hidden to protect privacy"
    assert set(found["figures"][0]) == set(found["columns"])


def test_a_measures_file_has_its_definition() -> None:
    measure = _read("data/ehcp_20w_excl/ehcp_20w_excl.json")["measure"]
    assert measure["measure_id"] == "ehcp_20w_excl"
    assert measure["can_mislead"].startswith("Finishing old, late cases")
