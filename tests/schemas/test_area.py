"""Areas and their settings."""

import csv
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from schemas.area import Level, load_areas
from schemas.area_settings import AreaError, AreaSettings, load_area_settings
from schemas.measure import load_measures
from schemas.resources import resource_folder
from tests.conftest import ROOT

DARLINGTON, DURHAM = "E06000005", "E06000047"
TWO = ["E06000001", "E06000002"]
MEASURES = load_measures()


def settings_with(**more: object) -> AreaSettings:
    """Darlington's settings with other values in them."""
    path = resource_folder("data") / "areas" / f"{DARLINGTON}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return AreaSettings.model_validate({"id": DARLINGTON} | table | more)


def fault_of(**more: object) -> tuple[str, str]:
    """The one fault that these values make: its key and what is said."""
    with pytest.raises(ValidationError) as error:
        settings_with(**more)
    [detail] = error.value.errors()
    return ".".join(map(str, detail["loc"])), detail["msg"]


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


def test_a_target_of_one_area_is_no_other_areas() -> None:
    measure, every = MEASURES["salt_wait_mean_days"], load_area_settings()
    own = every[DARLINGTON].measure_for(measure).target
    assert own is not None
    assert (own.value, own.kind) == (126, "local")
    assert every[DURHAM].measure_for(measure).target is None


def test_a_measure_without_a_target_of_the_area_stays_as_it_is() -> None:
    measure = MEASURES["ehcp_20w_excl"]
    assert load_area_settings()[DARLINGTON].measure_for(measure) is measure


@pytest.mark.parametrize("settings", load_area_settings().values(), ids=lambda one: one.name)
def test_an_areas_target_says_where_it_is_written(settings: AreaSettings) -> None:
    for target in settings.targets.values():
        assert len(target.source) > 20
        assert target.since_on or target.by_on


@pytest.mark.parametrize(
    ("measure_id", "kind", "said"),
    [
        ("no_such", "local", "there is no such measure"),
        ("ehcp_active", "local", "neither better high nor better low"),
        ("ehcp_20w_excl", "local", "a legal duty"),
        ("ot_wait_mean_days", "national", 'kind = "local"'),
    ],
)
def test_a_target_that_an_area_may_not_have_is_refused(
    measure_id: str, kind: str, said: str
) -> None:
    target = {"value": 9, "kind": kind, "source": "S"}
    key, message = fault_of(targets={measure_id: target})
    assert key == "targets"
    assert f"{measure_id}: " in message
    assert said in message


def test_a_comparison_group_has_a_name_for_its_address() -> None:
    [group] = load_area_settings()[DARLINGTON].groups
    assert (group.title, group.key) == ("Tees Valley", "tees-valley")
    assert DARLINGTON in group.areas


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["E06000001", "E12000001"], "no council of England has the code E12000001"),
        (["E06000001", "E08000020"], "no council of England has the code E08000020"),
        (["E06000001", "E06000001"], "names a council twice"),
        (["E06000001"], "at least 2"),
    ],
)
def test_a_comparison_group_holds_councils_by_their_present_codes(
    codes: list[str], said: str
) -> None:
    key, message = fault_of(groups=[{"title": "A", "areas": codes}])
    assert key == "groups.0.areas"
    assert said in message


def test_two_comparison_groups_cannot_have_one_address() -> None:
    groups = [{"title": title, "areas": TWO} for title in ("Tees Valley", "Tees valley!")]
    assert fault_of(groups=groups)[0] == "groups"


def test_a_logo_is_a_picture_in_assets_and_is_described() -> None:
    settings = settings_with(logo="favicon.svg", logo_words="Darlington Borough Council")
    assert (settings.logo, settings.site_name) == ("favicon.svg", "SEND dashboard")
    assert "go together" in fault_of(logo="favicon.svg")[1]
    assert "no file ours.svg" in fault_of(logo="ours.svg", logo_words="W")[1]
    for name in ("../our.svg", "our.exe", "a b.png", "https://a.example/our.svg"):
        assert fault_of(logo=name, logo_words="W")[0] == "logo"


def test_a_priority_names_themes_single_measures_or_both() -> None:
    single = {"title": "A", "measures": ["ehcp_active"]}
    both = {"title": "B", "themes": ["timeliness"], "measures": ["ehcp_active"]}
    a, b = settings_with(priorities=[single, both]).priorities
    assert a.names(MEASURES["ehcp_active"])
    assert b.names(MEASURES["ehcp_active"])
    assert b.names(MEASURES["ehcp_20w_excl"])
    assert not a.names(MEASURES["ehcp_20w_excl"])


@pytest.mark.parametrize(
    ("priority", "key"),
    [
        ({"title": "A"}, "priorities.1"),
        ({"title": "A", "themes": ["no_such"]}, "priorities.1.themes"),
        ({"title": "A", "measures": ["no_such"]}, "priorities.1.measures"),
    ],
)
def test_a_priority_names_what_is_known(priority: dict[str, object], key: str) -> None:
    good = {"title": "Good", "themes": ["plans"]}
    assert fault_of(priorities=[good, priority])[0] == key


def test_every_row_of_the_areas_has_a_level_that_is_known() -> None:
    with (ROOT / "schemas" / "areas.csv").open(encoding="utf-8", newline="") as file:
        levels = {row["level"] for row in csv.DictReader(file)}
    assert levels <= set(get_args(Level))


def test_an_areas_own_templates_of_packs_are_there() -> None:
    key, said = fault_of(packs={"slides": "missing.potx"})
    assert key == "packs.slides"
    assert "there is no file missing.potx" in said
    assert settings_with().packs.template("") is None
