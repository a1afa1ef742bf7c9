"""The table of hosts in the settings, as one variable of the environment writes it and back."""

from collections.abc import Iterator, Mapping


def as_text(table: Mapping[str, object]) -> str:
    """`host=code,host=code`."""
    return ",".join(f"{host}={code}" for host, code in _flat(table))


def as_table(value: object) -> object:
    """The codes by host, of a text or of a table; anything else as it is. What is wrong with them
    is found by `dashboard.hosting`, which reads the variable."""
    if isinstance(value, Mapping):
        return dict(_flat(value))
    if not isinstance(value, str):
        return value
    pairs = (one.partition("=") for one in value.split(",") if one.strip())
    return {host.strip(): code.strip() for host, _, code in pairs}


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """A host without quotation marks is a table in a table to TOML, one for each of its parts."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
