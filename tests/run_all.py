"""Runs format, lint, types, import contracts and every test; says what could not run and why."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = (
    ("Format", [BIN / "ruff", "format", "--check", "."]),
    ("Lint", [BIN / "ruff", "check", "."]),
    ("Types", [BIN / "mypy"]),
    ("Import contracts", [BIN / "lint-imports", "--no-cache"]),
)


def main(arguments: list[str]) -> int:
    """Everything, or with `--only-checks` all but the tests. Ends with 0 when all is well."""
    failed = [name for name, command in CHECKS if not _passes(name, command)]
    missing: list[str] = []
    if "--only-checks" not in arguments:
        missing = _missing_programs()
        # Two at once: the browser, PostgreSQL and the child processes need the other half.
        tests = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"]
        tests.append("--no-loadscope-reorder")  # the long files come first: see tests/conftest.py
        if not _passes("Tests", [*tests, *(a for a in arguments if a != "--only-checks")]):
            failed.append("Tests")
    for reason in missing:
        print(f"Not run: {reason}", flush=True)
    print(f"Failed: {', '.join(failed)}" if failed else "All is well.", flush=True)
    return 1 if failed else 0


def _passes(name: str, command: list[object]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode == 0


def _missing_programs() -> list[str]:
    """Installs Chromium, PostgreSQL, nginx and faketime from Debian when it may; says what is still
    missing."""
    packages = {
        "chromium": lambda: bool(shutil.which("chromium")),
        "faketime": lambda: bool(shutil.which("faketime")),
        "nginx": lambda: bool(shutil.which("nginx") or Path("/usr/sbin/nginx").is_file()),
        "postgresql": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    }
    wanted = [name for name, is_here in packages.items() if not is_here()]
    if wanted and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"== Installing {' and '.join(wanted)} from Debian", flush=True)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"} | os.environ
        for command in (["update"], ["install", "-y", "--no-install-recommends", *wanted]):
            apt = ["apt-get", "-qq", *command]
            subprocess.run(apt, env=quiet, check=False, stdout=subprocess.DEVNULL)
    return [
        f"the tests that need {name} (it is not installed, and could not be installed from here; "
        f"on Debian: apt-get install {name})"
        for name in wanted
        if not packages[name]()
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
