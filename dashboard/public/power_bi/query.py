"""A Power Query that loads every table of the star with its types, and says how they belong
together."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard.public.star.shape import Kind, TableShape
from dashboard.public.star.shapes import TABLES, relations

_TYPES: Mapping[Kind, str] = {
    "text": "type text",
    "whole number": "Int64.Type",
    "number": "type number",
    "date": "type date",
    "yes or no": "type logical",
}
# A table that is sorted by another column of it, or Power BI would sort by letters.
SORTED = (
    ("dim_period", "label", "sort_order"),
    ("dim_period", "short_label", "sort_order"),
    ("dim_breakdown", "label", "sort_order"),
    ("dim_measure", "title", "sort_order"),
)


def public_query(name: str, address: str, slug: str) -> str:
    """For everyone: the open data of an area, its newest edition or one for good.

    Args:
        address: where the site stands; "" leaves it to the reader to fill in.
    """
    folder = f"/data/{slug}/"
    head = (
        f"SEND in {name}: every published table, for Power BI and Excel.",
        "Everyone may load these tables. They ask for no password: choose Anonymous.",
    )
    edition = (
        'The edition: "" for always the newest, or one that never changes,',
        'such as "2025-26-summer-v1.0".',
    )
    setting = [*(f"    // {line}" for line in edition), '    Edition = "",']
    below = '(if Edition = "" then "" else Edition & "/") & "tables/"'
    return _query(head, f"{address}{folder}" if address else "", folder, setting, below)


def partner_query(name: str, address: str, area_code: str) -> str:
    """For partners with a token: the same tables with the true figures, not for sharing. The token
    is no part of the query, so the query can be handed on."""
    folder = f"/partner/tables/{area_code}/"
    head = (
        f"SEND in {name}: the tables for partners, for Power BI and Excel.",
        "True figures, in which small numbers are not hidden: not for sharing.",
        "Choose Basic: the user name is your sign-in name, the password is your token.",
        "Make a token on the staff pages under “Tokens for Power BI”.",
    )
    return _query(head, f"{address}{folder}" if address else "", folder, [], '""')


def _query(head: Sequence[str], base: str, folder: str, setting: Sequence[str], below: str) -> str:
    where = f"Where the tables are: the address of the site, then {folder}"
    lines = [
        *(f"// {line}" for line in (*head, "", *_how())),
        "let",
        f"    // {where}" + ("" if base else ". Fill it in."),
        f'    Base = "{base}",',
        *setting,
        f"    Below = {below},",
        *_LOAD,
        "    Tables = #table(",
        "        type table [Name = text, Title = text, Data = table],",
        "        {",
        ",\n".join(_table(table) for table in TABLES),
        "        }",
        "    )",
        "in",
        '    Table.AddKey(Tables, {"Name"}, true)',
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


_LOAD = (
    "    Load = (name as text, types as list) as table =>",
    "        let",
    '            File = Web.Contents(Base, [RelativePath = Below & name & ".csv"]),',
    '            Options = [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv],',
    "            Cells = Csv.Document(File, Options),",
    "            Named = Table.PromoteHeaders(Cells, [PromoteAllScalars = true]),",
    "            Columns = Table.ColumnNames(Named),",
    '            Empty = Table.ReplaceValue(Named, "", null, Replacer.ReplaceValue, Columns)',
    "        in",
    '            Table.TransformColumnTypes(Empty, types, "en-GB"),',
)


def _how() -> Iterator[str]:
    yield "1. In Power BI: Get data, Blank query, Advanced editor. Put all of this in."
    yield "   Call the query SEND."
    yield "2. Right-click each table under Data and choose “Add as new query”. Turn “Enable load”"
    yield '   off for SEND itself. A query can also be written: SEND{[Name = "dim_area"]}[Data]'
    yield "3. Close and apply. Power BI finds the relationships by the names of the columns:"
    for table, column, other in relations():
        key = other.key[0]
        yield f"   {table.name}[{column.name}] many to one {other.name}[{key}]"
    yield "4. Sort columns by columns:"
    for name, sorted_one, by in SORTED:
        yield f"   {name}[{sorted_one}] by {name}[{by}]"
    yield "A figure without a value has a symbol that says why. Do not show it as nought."
    yield "Values are not for adding up: filter to one figure, or add up numerators and"
    yield "denominators of groups that do not overlap."


def _table(table: TableShape) -> str:
    types = [f'{{"{one.name}", {_TYPES[one.kind]}}}' for one in table.columns]
    inside = ",\n".join(f"                    {one}" for one in types)
    listed = f"{{\n{inside}\n                }}"
    return (
        f'            {{"{table.name}", "{table.title}", Load("{table.name}",\n'
        f"                {listed})}}"
    )
