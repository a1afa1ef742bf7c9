"""The metadata files: what a machine is told of each filter and indicator."""

from schemas.measure import load_measures
from tests.public.builders import figure, release
from tests.public.data_samples import Files, every_file, files_of, rows_of, small_files, terms

TIMELINESS = "data/send-darlington-ehc-timeliness-terms.meta.csv"


def _by_name(files: Files, path: str) -> dict[str, dict[str, str]]:
    return {row["col_name"]: row for row in rows_of(files[path])}


def test_an_indicator_has_its_label_unit_and_decimals() -> None:
    found = _by_name(small_files(), TIMELINESS)
    share = found["ehcp_20w_excl_percent"]
    assert share["col_type"] == "Indicator"
    assert share["label"] == load_measures()["ehcp_20w_excl"].title
    assert (share["indicator_unit"], share["indicator_dp"]) == ("%", "1")
    assert share["indicator_grouping"] == "20 weeks, without exceptions"
    counted = found["ehcp_20w_excl_number"]
    assert (counted["indicator_unit"], counted["indicator_dp"]) == ("", "0")


def test_a_filter_names_its_items_and_its_default() -> None:
    parts = [
        figure(breakdown="phase", category=category)
        for category in ("primary", "secondary", "post16", "post19")
    ]
    found = _by_name(files_of(release(figure(), *parts)), TIMELINESS)
    phase = found["education_phase"]
    assert phase["col_type"] == "Filter"
    assert phase["filter_default"] == "Total"
    assert phase["filter_hint"] == "Total, Post-16, Post-19 and 2 more"


def test_a_filter_with_one_item_is_left_out_of_both_files() -> None:
    names = set(_by_name(small_files(), TIMELINESS))
    data = rows_of(small_files()[TIMELINESS.replace(".meta", "")])[0]
    assert not {"time_covered", "figures_from", "education_phase"} & (names | set(data))


def test_lengths_of_time_are_told_apart_and_the_term_is_the_default() -> None:
    files = files_of(release(*terms(), figure(basis="ytd"), figure(basis="rolling3")))
    assert _by_name(files, TIMELINESS)["time_covered"]["filter_default"] == "Term"
    rows = rows_of(files[TIMELINESS.replace(".meta", "")])
    assert {row["time_covered"] for row in rows} == {
        "Term",
        "School year to date",
        "Three terms to the end of the term",
    }


def test_the_harmonised_filters_have_the_dfes_names_and_items() -> None:
    data = rows_of(every_file()["data/send-darlington-exclusions-terms.csv"])
    assert {row["sen_provision"] for row in data} == {
        "Total",
        "Education, health and care plan",
        "SEN support / SEN without an EHC plan",
        "No SEN provision",
    }
    needs = rows_of(every_file()["data/send-darlington-ehc-plans-by-need-terms.csv"])
    assert "Autistic spectrum disorder" in {row["sen_primary_need"] for row in needs}


def test_categories_that_were_put_together_have_their_name() -> None:
    together = figure(
        measure_id="ehcp_primary_need", breakdown="primary_need", category="other_needs"
    )
    whole = figure(measure_id="ehcp_primary_need")
    files = files_of(release(whole, together))
    rows = rows_of(files["data/send-darlington-ehc-plans-by-need-terms.csv"])
    assert [row["sen_primary_need"] for row in rows] == ["Total", "Other needs"]
