"""The file of relations: every name in it exists, and a wrong one is told."""

from pathlib import Path

import pytest

from schemas.extracts import load_extracts
from schemas.relations import RelationError, load_relations


def test_every_name_in_the_file_exists() -> None:
    assert load_relations().flow[0].closing == "plans_end"


def test_a_name_that_no_sheet_has_is_told(tmp_path: Path) -> None:
    path = tmp_path / "relations.toml"
    path.write_text('[[same]]\ncounts = ["ehc_plans.plans_end", "ehc_plans.plants"]\n')
    with pytest.raises(RelationError, match="plants"):
        load_relations(path)


def test_a_key_that_is_not_known_is_told(tmp_path: Path) -> None:
    path = tmp_path / "relations.toml"
    path.write_text('[[sames]]\ncounts = ["a.b", "c.d"]\n')
    with pytest.raises(RelationError, match="sames"):
        load_relations(path)


@pytest.mark.parametrize("extract", load_extracts().values(), ids=lambda extract: extract.id)
def test_every_indicator_that_is_no_count_of_children_says_whom_it_is_about(extract) -> None:  # type: ignore[no-untyped-def]
    for indicator in extract.indicators:
        if indicator.kind != "count":
            assert load_relations().children_of(extract.id, (indicator.id,)), indicator.id


def test_merged_categories_have_names_of_their_own() -> None:
    filters = {f.id: f for extract in load_extracts().values() for f in extract.filters}
    for one in load_relations().together:
        assert one.id not in {category.id for category in filters[one.filter].categories}
