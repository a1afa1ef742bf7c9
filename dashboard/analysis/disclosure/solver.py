"""scipy's solver and matrices, which carry no types: used here as they are documented."""

from importlib import import_module
from typing import Any

optimize: Any = import_module("scipy.optimize")
sparse: Any = import_module("scipy.sparse")
