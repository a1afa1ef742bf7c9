"""Reads the return's CSV modules and puts each row under the one it belongs to."""

import csv
import io
from collections.abc import Iterator, Mapping

from loaders.child_csv import decode_text
from loaders.sen2.rows import Fault, ReturnRefused, Row, Sent
from loaders.sen2.specification import Module, Specification
from schemas.text import plain

MAX_FIELD = 20_000
SEPARATORS = ",;\t"
NEEDED = (
    "person",
    "requests",
    "assessment",
    "named_plan",
    "active_plans",
    "placement_detail",
    "sen_need",
)


def read_modules(contents: Mapping[str, bytes], specification: Specification) -> Sent:
    """The rows of the modules, by module id. Raises ReturnRefused; no value is ever in it."""
    missing = [name for name in NEEDED if name not in contents]
    if missing:
        names = ", ".join(missing)
        raise ReturnRefused(
            f"The return is not whole: there is no file for {names}. Give the CSV of every module, "
            "each with the name of its module at the end of its file name."
        )
    keyed: dict[str, dict[str, Row]] = {}
    sent = Sent(None, [], [])
    for module in specification.modules.values():
        if module.columns and module.id in contents:
            rows = list(_read(contents[module.id], module, specification))
            _place(rows, module, keyed, sent)
    return sent


_Raw = tuple[Row, dict[str, str]]


def _read(content: bytes, module: Module, specification: Specification) -> Iterator[_Raw]:
    """Each row with its keys: our column, or a module's id for a key of that module."""
    text = _text(content, module)
    csv.field_size_limit(MAX_FIELD)
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    places: dict[int, str] = {}
    keys: dict[int, str] = {}
    try:
        for number, fields in enumerate(reader, start=1):
            if not places and not keys:
                places, keys = _headings(fields, module, specification)
            elif any(field.strip() for field in fields):
                yield Row(module.id, number, _cut(fields, places)), _cut(fields, keys)
    except csv.Error:
        line = reader.line_num
        raise ReturnRefused(
            f"The file of {module.id} cannot be read near line {line}: a quotation mark is out of "
            "place or a field is too long."
        ) from None


def _text(content: bytes, module: Module) -> str:
    try:
        text = decode_text(content)
    except UnicodeDecodeError:
        raise ReturnRefused(f"The file of {module.id} is not a text file.") from None
    if "\0" in text or content[:2] == b"PK":
        raise ReturnRefused(f"The file of {module.id} is not a CSV file. Save it as CSV.")
    return text


def _headings(
    fields: list[str], module: Module, specification: Specification
) -> tuple[dict[int, str], dict[int, str]]:
    """Where our columns stand, and where the keys of this module and of its parents stand."""
    names = [plain(field.replace("\n", " ").partition("(")[0]) for field in fields]
    columns = {place: module.by_name[n] for place, n in enumerate(names) if n in module.by_name}
    linked = (module.id, *module.parents)
    keys = {
        place: name
        for name in linked
        for place, heading in enumerate(names)
        if heading in specification.modules[name].key
    }
    first = module.parents[:1]
    if not columns or (first and not set(module.parents) & set(keys.values())):
        raise ReturnRefused(
            f"The first row of the file of {module.id} has not the headings of that module. "
            "It needs the headings of the return's specification in row 1."
        )
    return columns, keys


def _cut(fields: list[str], places: Mapping[int, str]) -> dict[str, str]:
    found = ((name, fields[place].strip()) for place, name in places.items() if place < len(fields))
    return {name: text for name, text in found if text}


def _place(rows: list[_Raw], module: Module, keyed: dict[str, dict[str, Row]], sent: Sent) -> None:
    own = keyed.setdefault(module.id, {})
    if module.id == "sen2":
        sent.header = rows[0][0] if rows else None
        return
    for row, keys in rows:
        key = keys.get(module.id)
        if key and own.setdefault(key, row) is not row:
            sent.faults.append(Fault("repeated_id", module.id, row.number))
            continue
        if module.id == "person":
            sent.persons.append(row)
            continue
        parents = (keyed.get(name, {}).get(keys.get(name, "")) for name in module.parents)
        parent = next((found for found in parents if found is not None), None)
        if parent is None:
            sent.faults.append(Fault("belongs_to_nothing", module.id, row.number))
        else:
            row.belongs_to(parent)
