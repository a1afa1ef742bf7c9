"""Which release of the program this is, as a backup's manifest names it."""

from importlib.metadata import version


def program_version() -> str:
    return version("send-dashboard")
