"""Areas and their settings."""

from pathlib import Path

import pytest

from schemas.area import AreaError, load_area_settings, load_areas
from schemas.resources import resource_folder


def test_an_area_is_found_by_number_then_code_then_name() -> None:
    areas = load_areas()
    durham = areas.find(name="Durham")
    assert durham is not None
    assert durham.code == "E06000047"
    assert areas.find(old_code="840") == durham
    assert areas.find(old_code="840.0", name="Somewhere else") == durham
    assert areas.find(code="E10000010") == durham


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("E08000020", "E08000037"),
        ("E06000048", "E06000057"),
        ("E08000016", "E08000038"),
        ("E10000002", "E06000060"),
    ],
)
def test_a_code_an_area_used_to_have_still_finds_it(old: str, new: str) -> None:
    found = load_areas().find(code=old)
    assert found is not None
    assert found.code == new


def test_names_are_found_whatever_their_case_and_commas() -> None:
    names = ["KINGSTON UPON HULL, CITY OF", "Herefordshire", "St Helens", "Bedford Borough"]
    assert all(load_areas().find(name=name) for name in names)


def test_the_north_east_has_twelve_councils() -> None:
    assert len(load_areas().within("E12000001")) == 12


def test_two_areas_are_served_by_their_settings_alone() -> None:
    assert [one.name for one in load_area_settings().values()] == ["County Durham", "Darlington"]


def test_every_fault_of_a_settings_file_is_told_with_its_key(tmp_path: Path) -> None:
    good = (resource_folder("data") / "areas" / "E06000005.toml").read_text(encoding="utf-8")
    bad = good.replace('"ehc_plans",', '"ehc_plan",').replace("partnership =", "partnreship =")
    (tmp_path / "E06000005.toml").write_text(bad, encoding="utf-8")
    with pytest.raises(AreaError) as error:
        load_area_settings(tmp_path)
    keys = {fault.key for fault in error.value.faults}
    assert keys == {"extracts", "partnership", "partnreship"}
