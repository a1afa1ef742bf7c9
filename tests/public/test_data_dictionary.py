"""The data dictionary: every measure's record, as a table and as a page."""

from schemas.measure import load_measures
from tests.public.data_samples import every_file, rows_of, small_files, text_of


def test_every_measure_has_a_row_made_from_its_definition() -> None:
    rows = {row["measure_id"]: row for row in rows_of(every_file()["data/dictionary.csv"])}
    assert set(rows) == set(load_measures())
    for name, measure in load_measures().items():
        row = rows[name]
        assert row["title"] == measure.title
        assert row["numerator"] == measure.definition.numerator
        assert row["can_mislead"] == measure.can_mislead
        assert row["owner"] == measure.owner
        assert row["version"] == str(measure.version)


def test_a_target_stands_with_where_it_is_written() -> None:
    row = rows_of(small_files()["data/dictionary.csv"])[0]
    assert row["target"].startswith("100%: SEND Regulations 2014")
    assert row["broken_down_by"] == "Phase"


def test_only_measures_of_the_publication_are_in_it() -> None:
    rows = rows_of(small_files()["data/dictionary.csv"])
    assert [row["measure_id"] for row in rows] == ["ehcp_20w_excl"]


def test_the_page_leads_to_each_measure_and_to_the_file() -> None:
    page = text_of(every_file()["data/dictionary/index.html"])
    for name in load_measures():
        assert f'href="../{name}/"' in page
    assert 'href="../dictionary.csv"' in page
    assert "Download the data dictionary (CSV, " in page
