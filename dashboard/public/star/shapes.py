"""The nine tables of the star. Their names and columns are kept: others build on them."""

from collections.abc import Iterator

from dashboard.public.star.shape import Column, TableShape

_CODE = "As the Office for National Statistics writes it"

FACT = TableShape(
    "fact_observation",
    "Figures",
    "One figure a row: one measure, area, period, basis and group",
    ("measure_id", "area_code", "period_id", "basis", "breakdown_id", "source_id"),
    (
        Column("edition", "text", "The publication it is from", "dim_edition"),
        Column("measure_id", "text", "What is measured", "dim_measure"),
        Column("area_code", "text", "The area it is about", "dim_area"),
        Column("period_id", "text", "The time it is about", "dim_period"),
        Column("basis", "text", "How that time is taken: at its end, in it, up to it", "dim_basis"),
        Column("breakdown_id", "text", "The group of children it is about", "dim_breakdown"),
        Column("breakdown", "text", "The kind of group, such as phase; all for everyone"),
        Column("category", "text", "The group, such as primary; all for everyone"),
        Column("headline", "yes or no", "Whether this is the group that stands for the measure"),
        Column("numerator", "number", "The count, or what is divided"),
        Column("denominator", "number", "What it is divided by; empty for a count"),
        Column("value", "number", "The figure in the unit of its measure, not rounded"),
        Column("symbol", "text", "Why there is no value; empty where there is one", "dim_symbol"),
        Column("unreliable", "yes or no", "A rate of fewer than 20: it can change by chance"),
        Column("rounded", "yes or no", "The counts are rounded to the nearest 5"),
        Column("status", "text", "final, provisional or revised"),
        Column("definition_version", "whole number", "The version of the definition it follows"),
        Column("source_id", "text", "Who says so", "dim_source"),
    ),
)
MEASURE = TableShape(
    "dim_measure",
    "Measures",
    "What is measured, and how it is defined now",
    ("measure_id",),
    (
        Column("measure_id", "text", "Stays the same for good"),
        Column("title", "text", "Its name"),
        Column("short_title", "text", "Its name where space is short"),
        Column("description", "text", "What it says, in a sentence"),
        Column("theme", "text", "What it belongs to"),
        Column("core", "yes or no", "One of the core measures"),
        Column("unit", "text", "count, percent, per_100, per_10k, days, weeks or months"),
        Column("decimals", "whole number", "The places after the point to show"),
        Column("polarity", "text", "higher_better, lower_better or neutral"),
        Column("basis", "text", "The basis it is mostly shown on"),
        Column("numerator", "text", "What is counted or divided"),
        Column("denominator", "text", "What it is divided by; empty for a count"),
        Column("exclusions", "text", "What is left out"),
        Column("can_mislead", "text", "How it can mislead"),
        Column("cannot_tell", "text", "What it cannot tell"),
        Column("target", "number", "A line to reach; empty where there is none"),
        Column("target_source", "text", "Whose line that is"),
        Column("definition_version", "whole number", "The version of this definition"),
        Column("sort_order", "whole number", "To sort measures by"),
    ),
)
AREA = TableShape(
    "dim_area",
    "Areas",
    "The area and those it is set beside",
    ("area_code",),
    (
        Column("area_code", "text", _CODE),
        Column("name", "text", "Its name"),
        Column("level", "text", "country, region, region_part, local_authority, icb or sub_icb"),
        Column("old_code", "text", "The three digits of the Department for Education, if any"),
        Column("region_code", "text", "The region a council lies in, if any"),
        Column("relation", "text", "own, england, region or other"),
    ),
)
PERIOD = TableShape(
    "dim_period",
    "Periods",
    "The times that figures are about",
    ("period_id",),
    (
        Column("period_id", "text", "Period, basis and both days: two calendars stay apart"),
        Column("period", "text", "2025-26 autumn, 2026-01, 2025 or 2024-25"),
        Column("label", "text", "Its name. Sort this column by sort_order"),
        Column("short_label", "text", "Its name where space is short. Sort it by sort_order"),
        Column("start_on", "date", "The first day"),
        Column("end_on", "date", "The last day"),
        Column("academic_year", "text", "2025-26; empty for calendar and financial years"),
        Column("term", "text", "autumn, spring or summer; empty for years"),
        Column(
            "calendar",
            "text",
            "flow (terms of four months), dfe (terms that turn at Easter), "
            "month, calendar, academic or financial",
        ),
        Column("sort_order", "whole number", "Sorts by time, one number for each name"),
    ),
)
BREAKDOWN = TableShape(
    "dim_breakdown",
    "Groups",
    "The groups of children that figures are about",
    ("breakdown_id",),
    (
        Column("breakdown_id", "text", "breakdown:category"),
        Column("breakdown", "text", "The kind of group; all for everyone"),
        Column("category", "text", "The group; all for everyone"),
        Column("label", "text", "Both in words. Sort this column by sort_order"),
        Column("breakdown_label", "text", "The kind of group in words"),
        Column("category_label", "text", "The group in words"),
        Column("sort_order", "whole number", "In the order of the sheets they came from"),
    ),
)
SYMBOL = TableShape(
    "dim_symbol",
    "Symbols",
    "Why a figure is not a number",
    ("symbol",),
    (
        Column("symbol", "text", "As the Department for Education writes it"),
        Column("label", "text", "What it means"),
    ),
)
BASIS = TableShape(
    "dim_basis",
    "Bases",
    "How the time of a figure is taken",
    ("basis",),
    (
        Column("basis", "text", "Stays the same for good"),
        Column("label", "text", "Its name"),
        Column("meaning", "text", "What it means, in a sentence"),
    ),
)
SOURCE = TableShape(
    "dim_source",
    "Sources",
    "Who says so, and since when",
    ("source_id",),
    (
        Column("source_id", "text", "Made from the columns beside it"),
        Column("source", "text", "The organisation, or the publisher and the publication"),
        Column("version", "text", "The release it is from"),
        Column("as_at_on", "date", "The day it was counted or published"),
        Column("kind", "text", "own for figures of this area, published for those of publishers"),
        Column("invented", "yes or no", "Made up for a demonstration: no figure of real children"),
    ),
)
EDITION = TableShape(
    "dim_edition",
    "Edition",
    "The publication all of this is from",
    ("edition",),
    (
        Column("edition", "text", "As it stands in permanent addresses"),
        Column("area_code", "text", _CODE),
        Column("term", "text", "The newest term in it"),
        Column("label", "text", "Its name"),
        Column("published_on", "date", "The day it was published"),
        Column("licence", "text", "What may be done with it"),
        Column("licence_address", "text", "Where the licence can be read"),
        Column("sharing", "text", "for everyone, or not for sharing"),
        Column("invented", "yes or no", "Some of it is made up for a demonstration"),
    ),
)
TABLES = (FACT, MEASURE, AREA, PERIOD, BREAKDOWN, SYMBOL, BASIS, SOURCE, EDITION)


def find_table(name: str) -> TableShape | None:
    """The table of this name, None when there is none."""
    return next((table for table in TABLES if table.name == name), None)


def relations() -> Iterator[tuple[TableShape, Column, TableShape]]:
    """Every way from the figures to a table that explains them: many rows to one."""
    for column in FACT.columns:
        if column.leads_to and (table := find_table(column.leads_to)):
            yield FACT, column, table
