"""The DfE's published screening rules as checks of ours, each named after its rule.

The rules are those of the DfE's screening package (`eesyscreener`) and its open data standards for
Explore Education Statistics. They are written here again from what the rules say: a check gets the
data and its metadata as text and returns what is wrong, or nothing.
"""

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

Row = dict[str, str]
TERMS = {"Autumn term", "Spring term", "Summer term"}
MONTHS = {f"{dt.date(2000, month, 1):%B}" for month in range(1, 13)}
GROUPS = [{"Calendar year"}, {"Financial year"}, {"Academic year"}, TERMS, MONTHS]
SIX_DIGITS = TERMS | {"Financial year", "Academic year"}
SYMBOLS = {"c", "x", "z", "low", "u"}
LEVELS = ("National", "Regional", "Local authority")
OB_UNITS = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
META = (
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "indicator_dp",
    "filter_hint",
    "filter_grouping_column",
)
HARMONISED = {
    "sen_": {"sen_status", "sen_primary_need", "sen_secondary_need", "sen_provision"},
    "primary_need": {"sen_primary_need"},
    "establishment_type": {"establishment_type"},
    "provider_type": {"provider_type"},
    "school_type": {"establishment_type", "establishment_type_group"},
    "phase": {"education_phase"},
    "ethnic": {"ethnicity_major", "ethnicity_minor", "ethnicity_detailed", "minority_ethnic"},
}
LOOKS_LIKE_A_PLACE = re.compile(
    "(^(country|sch|prov|inst|estab|reg|la|local|rsc|pfa|pcon|lep|mca|oa|ward|mat)"
    ".*(name|code|urn|ukprn|number|upin|id)$)|(^(laestab|estab|sch|school|schools|prov|provider|"
    "providers|inst|institution|institutions|name|code|urn|ukprn|number|upin|id|region|la|lad|rsc|"
    "pcon|lep|mca|oa|ward|mat)$)",
    re.I,
)
SMUSHED = re.compile(
    "male|female|asian|chinese|indian|pakistani|bangladeshi|black|african|caribbean|white|roma|"
    "irish|english|british|scottish|welsh|arab"
)
# From the DfE's list of councils: its number, code and name of those near Darlington.
COUNCILS = {
    ("841", "E06000005", "Darlington"),
    ("840", "E06000047", "County Durham"),
    ("805", "E06000001", "Hartlepool"),
    ("806", "E06000002", "Middlesbrough"),
    ("807", "E06000003", "Redcar and Cleveland"),
    ("808", "E06000004", "Stockton-on-Tees"),
    ("888", "E10000017", "Lancashire"),
    ("929", "E06000057", "Northumberland"),
    ("390", "E08000037", "Gateshead"),
    ("371", "E08000017", "Doncaster"),
    ("370", "E08000038", "Barnsley"),
    ("372", "E08000018", "Rotherham"),
    ("342", "E08000013", "St. Helens"),
    ("861", "E06000021", "Stoke-on-Trent"),
    ("874", "E06000031", "Peterborough"),
    ("894", "E06000020", "Telford and Wrekin"),
    ("813", "E06000013", "North Lincolnshire"),
    ("812", "E06000012", "North East Lincolnshire"),
    ("393", "E08000023", "South Tyneside"),
    ("394", "E08000024", "Sunderland"),
    ("350", "E08000001", "Bolton"),
    ("354", "E08000005", "Rochdale"),
    ("357", "E08000008", "Tameside"),
    ("359", "E08000010", "Wigan"),
    ("384", "E08000036", "Wakefield"),
    ("332", "E08000027", "Dudley"),
    ("890", "E06000009", "Blackpool"),
    ("876", "E06000006", "Halton"),
}


@dataclass(frozen=True)
class Screened:
    """A data file and its metadata file as they were published."""

    name: str
    columns: list[str]
    data: list[Row]
    meta_columns: list[str]
    meta: list[Row]

    @property
    def filters(self) -> list[Row]:
        return [row for row in self.meta if row["col_type"] == "Filter"]

    @property
    def indicators(self) -> list[Row]:
        return [row for row in self.meta if row["col_type"] == "Indicator"]

    def items(self, column: str) -> set[str]:
        return {row[column] for row in self.data}


def screened(name: str, data: bytes, meta: bytes) -> Screened:
    rows, about = (csv.DictReader(io.StringIO(one.decode("utf-8-sig"))) for one in (data, meta))
    columns, meta_columns = list(rows.fieldnames or []), list(about.fieldnames or [])
    return Screened(name, columns, list(rows), meta_columns, list(about))


def check_filename_spaces(s: Screened) -> list[str]:
    return [s.name] if " " in s.name else []


def check_filename_special(s: Screened) -> list[str]:
    return [] if re.fullmatch(r"[a-z0-9_-]{1,200}", s.name) else [s.name]


def precheck_col_req_meta(s: Screened) -> list[str]:
    return [name for name in META if name not in s.meta_columns]


def precheck_col_invalid_meta(s: Screened) -> list[str]:
    return [name for name in s.meta_columns if name not in (*META, "filter_default")]


def precheck_col_req_data(s: Screened) -> list[str]:
    return [name for name in OB_UNITS[:5] if name not in s.columns]


def precheck_col_to_rows(s: Screened) -> list[str]:
    return ["more metadata rows than columns"] if len(s.columns) - 5 < len(s.meta) else []


def precheck_cross_meta_to_data(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.meta if row["col_name"] not in s.columns]


def precheck_cross_data_to_meta(s: Screened) -> list[str]:
    known = {row["col_name"] for row in s.meta} | {r["filter_grouping_column"] for r in s.meta}
    extra = [name for name in s.columns if name not in OB_UNITS and name not in known]
    return [name for name in extra if len(s.items(name)) > 1]


def check_col_dupes(s: Screened) -> list[str]:
    return [name for name, times in Counter(s.columns).items() if times > 1]


def check_col_names_spaces(s: Screened) -> list[str]:
    return [name for name in s.columns if " " in name]


def check_col_snake_case(s: Screened) -> list[str]:
    return [name for name in s.columns if not re.fullmatch("[a-z0-9_]+", name)]


def check_col_var_start(s: Screened) -> list[str]:
    return [name for name in s.columns if not re.match("[a-z]", name)]


def check_col_ind_smushed(s: Screened) -> list[str]:
    names = [row["col_name"] for row in s.indicators]
    return [name for name in names if SMUSHED.search(name)]


def precheck_meta_col_type(s: Screened) -> list[str]:
    return [r["col_name"] for r in s.meta if r["col_type"] not in ("Filter", "Indicator")]


def precheck_meta_ob_unit(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.meta if row["col_name"] in OB_UNITS]


def precheck_meta_col_name(s: Screened) -> list[str]:
    return [str(row) for row in s.meta if not row["col_name"].strip()]


def check_meta_dupe_label(s: Screened) -> list[str]:
    counted = Counter(row["label"] for row in s.meta)
    return [label for label, times in counted.items() if times > 1]


def check_meta_col_name_dupe(s: Screened) -> list[str]:
    counted = Counter(row["col_name"] for row in s.meta)
    return [name for name, times in counted.items() if times > 1]


def check_meta_col_name_spaces(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.meta if " " in row["col_name"]]


def check_meta_label(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.meta if not row["label"].strip()]


def check_meta_fil_grp(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.indicators if row["filter_grouping_column"]]


def check_meta_filter_hint(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.indicators if row["filter_hint"]]


def check_meta_geog_catch(s: Screened) -> list[str]:
    return [r["col_name"] for r in s.filters if LOOKS_LIKE_A_PLACE.search(r["col_name"])]


def check_meta_indicator_dp(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.filters if row["indicator_dp"]]


def check_meta_ind_dp_set(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.indicators if not row["indicator_dp"].strip()]


def check_meta_ind_dp_values(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.indicators if not row["indicator_dp"].isdigit()]


def check_meta_ind_unit(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.filters if row["indicator_unit"]]


def check_meta_ind_unit_validation(s: Screened) -> list[str]:
    allowed = ("", "%", "pp", "£", "£m", "numberstring")
    return [row["col_name"] for row in s.indicators if row["indicator_unit"] not in allowed]


def check_meta_indicator_grouping(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.filters if row["indicator_grouping"]]


def check_general_null(s: Screened) -> list[str]:
    bad = {"NULL", "Null", "null", "NA", "na", "N/A", "n/a", ".", "..", "-"}
    rows = [*s.data, *s.meta]
    return sorted({cell for row in rows for cell in row.values() if cell in bad})


def precheck_filter_not_singular(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.filters if len(s.items(row["col_name"])) < 2]


def precheck_time_period_num(s: Screened) -> list[str]:
    return [period for period in s.items("time_period") if not period.isdigit()]


def precheck_time_id_valid(s: Screened) -> list[str]:
    known = set().union(*GROUPS)
    return [name for name in s.items("time_identifier") if name not in known]


def precheck_time_id_mix(s: Screened) -> list[str]:
    used = s.items("time_identifier")
    return [] if any(used <= group for group in GROUPS) else sorted(used)


def precheck_geog_level(s: Screened) -> list[str]:
    return [level for level in s.items("geographic_level") if level not in LEVELS]


def check_time_period(s: Screened) -> list[str]:
    return [
        f"{row['time_period']} {row['time_identifier']}"
        for row in s.data
        if len(row["time_period"]) != (6 if row["time_identifier"] in SIX_DIGITS else 4)
    ]


def check_time_period_six(s: Screened) -> list[str]:
    six = [period for period in s.items("time_period") if len(period) == 6]
    return [one for one in six if (int(one[2:4]) + 1) % 100 != int(one[4:])]


def check_filter_defaults(s: Screened) -> list[str]:
    return [
        row["col_name"]
        for row in s.filters
        if (row.get("filter_default") or "Total") not in s.items(row["col_name"])
    ]


def check_filter_item_limit(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.filters if len(s.items(row["col_name"])) > 25_000]


def check_filter_whitespace(s: Screened) -> list[str]:
    every = {item for row in s.filters for item in s.items(row["col_name"])}
    return [item for item in every if item != item.strip()]


def check_filter_blanks(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.filters if "" in s.items(row["col_name"])]


def check_filter_ob_total(s: Screened) -> list[str]:
    return [name for name in OB_UNITS if s.items(name) & {"Total", "total", "All", "all"}]


def check_general_dupes(s: Screened) -> list[str]:
    names = [*OB_UNITS, *(row["col_name"] for row in s.filters)]
    counted = Counter(tuple(row[name] for name in names) for row in s.data)
    return [str(key) for key, times in counted.items() if times > 1]


def check_geog_country_combos(s: Screened) -> list[str]:
    found = {(row["country_code"], row["country_name"]) for row in s.data}
    return [str(one) for one in found - {("E92000001", "England")}]


def check_geog_region_combos(s: Screened) -> list[str]:
    names = "North East,North West,Yorkshire and The Humber,East Midlands,West Midlands,"
    names += "East of England,London,South East,South West"
    known = {(f"E1200000{n}", name) for n, name in enumerate(names.split(","), start=1)}
    found = {(row["region_code"], row["region_name"]) for row in s.data}
    return [str(one) for one in found - known - {("", "")}]


def check_geog_la_combos(s: Screened) -> list[str]:
    found = {(row["old_la_code"], row["new_la_code"], row["la_name"]) for row in s.data}
    return [str(one) for one in found - COUNCILS - {("", "", "")}]


def check_geog_level_completed(s: Screened) -> list[str]:
    needed = {
        "National": ("country_code", "country_name"),
        "Regional": ("region_code", "region_name"),
        "Local authority": ("old_la_code", "la_name"),
    }
    return [
        f"{row['geographic_level']}: {name}"
        for row in s.data
        for name in needed[row["geographic_level"]]
        if not row[name]
    ]


def check_geog_overcompleted_cols(s: Screened) -> list[str]:
    empty = {
        "National": OB_UNITS[5:],
        "Regional": OB_UNITS[7:],
        "Local authority": (),
    }
    return [
        f"{row['geographic_level']}: {name}"
        for row in s.data
        for name in empty[row["geographic_level"]]
        if row[name]
    ]


def check_geog_region_for_la(s: Screened) -> list[str]:
    councils = [row for row in s.data if row["geographic_level"] == "Local authority"]
    return [row["la_name"] for row in councils if not row["region_code"]]


def check_geog_other_dupes(s: Screened) -> list[str]:
    pairs = {(row["new_la_code"], row["la_name"]) for row in s.data if row["la_name"]}
    names, codes = Counter(name for _, name in pairs), Counter(code for code, _ in pairs)
    return [one for one, times in (names + codes).items() if times > 1]


def check_ind_blanks(s: Screened) -> list[str]:
    return [row["col_name"] for row in s.indicators if "" in s.items(row["col_name"])]


def check_ind_invalid_entry(s: Screened) -> list[str]:
    return [
        f"{row['col_name']}: {cell}"
        for row in s.indicators
        for cell in s.items(row["col_name"]) - SYMBOLS
        if not re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)
    ]


def check_harmonised_variables(s: Screened) -> list[str]:
    allowed = set().union(*HARMONISED.values())
    names = [row["col_name"] for row in s.meta]
    wrong = [name for name in names if any(part in name for part in HARMONISED)]
    return [name for name in wrong if name not in allowed]


def check_api_char_col_name(s: Screened) -> list[str]:
    return [name for name in s.columns if len(name) > 50]


def check_api_char_col_label(s: Screened) -> list[str]:
    return [row["label"] for row in s.meta if len(row["label"]) > 100]


def check_api_char_loc_code(s: Screened) -> list[str]:
    return [code for name in OB_UNITS if "code" in name for code in s.items(name) if len(code) > 30]


def check_api_char_filter_items(s: Screened) -> list[str]:
    names = [*(row["col_name"] for row in s.filters), "la_name", "region_name"]
    return [item for name in names for item in s.items(name) if len(item) > 120]


RULES: dict[str, Callable[[Screened], list[str]]] = {
    name: rule for name, rule in list(globals().items()) if name.startswith(("check_", "precheck_"))
}


def failures(file: Screened) -> dict[str, list[str]]:
    """What each rule that fails has to say of a file."""
    found = {name: rule(file) for name, rule in RULES.items()}
    return {name: said[:5] for name, said in found.items() if said}
