"""Where the files that travel with the program are, in a checkout and when it is installed."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource_folder(name: str) -> Path:
    """The folder `assets` or `data`: inside the installed package, else beside it in a checkout."""
    packaged = _HERE / "_packaged" / name
    return packaged if packaged.is_dir() else _HERE.parent / name
