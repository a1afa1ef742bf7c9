"""What is installed holds all it needs, and works from any folder."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

Run = Callable[..., str]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files in a folder of their own, as pip would lay them."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Runs the installed program in an empty folder, out of sight of the checkout."""

    def run(*arguments: str) -> str:
        # -P: neither the empty folder nor the checkout is where Python looks.
        code = f"import sys; sys.path.insert(0, {str(installed)!r}); "
        code += "from dashboard.cli import main; sys.exit(main(sys.argv[1:]))"
        known = {"PATH": os.environ["PATH"]}
        command = [sys.executable, "-P", "-c", code, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=known, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_definitions_areas_sample_and_published_figures_travel_inside(run: Run) -> None:
    run("demo", "--load-only")
    shown = run("show", "ehcp_20w_excl", "--area", "E92000001")
    assert "39407/84866" in shown
    assert "2025-26 summer" in run("show", "ehcp_active", "--area", "E06000005")


def test_a_file_can_be_read_in_the_child_process_of_an_installed_program(
    run: Run, tmp_path: Path
) -> None:
    run("template", "--term", "Autumn 2025/26", "--area", "E06000005")
    sample = ROOT / "data" / "sample" / "darlington_2025-26_summer.xlsx"
    assert "nothing wrong" in run("check", str(sample))
    assert (tmp_path / "darlington-2025-26-autumn.xlsx").exists()


def test_the_files_a_page_needs_are_inside(installed: Path) -> None:
    packaged = installed / "schemas" / "_packaged"
    assert (packaged / "assets" / "base.css").is_file()
    assert list((installed / "schemas" / "measures").glob("*.toml"))
    assert list((installed / "dashboard" / "templates").iterdir())
    assert (installed / "app.py").is_file()
