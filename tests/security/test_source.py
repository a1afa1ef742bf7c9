"""What the program's own source may not do, wherever somebody adds a line to it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("dashboard", "loaders", "schemas")
# Modules that reach other machines, and what each of them is told to reach.
REACH_OUT = {
    "dashboard/commands/serving.py": "looks whether a port of this machine is free",
    "dashboard/mail.py": "the mail server of the settings",
    "dashboard/production/alive.py": "the server itself, on this machine",
    "dashboard/staff/council.py": "the council's own sign-in, of the settings",
    "loaders/benchmarks/ees_http.py": "the statistics service of the DfE, by a command only",
}
RUN_PROGRAMS = {"dashboard/operations/postgresql_dump.py", "loaders/child_process.py"}
NETWORK = {"socket", "smtplib", "requests", "httpx", "urllib3", "ftplib", "aiohttp", "ldap3"}
FAULTY = {"pickle", "marshal", "shelve", "dill", "yaml", "telnetlib", "crypt"}


@cache
def sources() -> dict[str, ast.Module]:
    files = [ROOT / "app.py", *(file for one in OURS for file in (ROOT / one).rglob("*.py"))]
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text("utf-8")) for file in files}


@cache
def calls() -> tuple[tuple[str, ast.Call, str], ...]:
    """Every call, with the name it is made by as it is written."""
    return tuple(
        (file, node, ast.unparse(node.func))
        for file, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    )


@cache
def imports() -> tuple[tuple[str, str], ...]:
    return tuple(_imports())


def _imports() -> Iterator[tuple[str, str]]:
    for file, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((file, one.name) for one in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((file, f"{node.module}.{one.name}") for one in node.names)


def test_no_text_is_run_as_a_program() -> None:
    banned = {"eval", "exec", "__import__", "os.system", "os.popen", "compile"}
    assert not [(file, name) for file, _, name in calls() if name in banned]
    shell = [file for file, call, _ in calls() for one in call.keywords if one.arg == "shell"]
    assert not shell


def test_programs_are_run_in_two_places_and_by_lists_of_words() -> None:
    found = {file for file, name in imports() if name.split(".")[0] == "subprocess"}
    assert found == RUN_PROGRAMS
    for file, call, name in calls():
        if name == "subprocess.Popen":
            assert not isinstance(call.args[0], ast.JoinedStr | ast.Constant), file


def test_nothing_is_unpacked_into_objects_of_the_senders_choice() -> None:
    assert not [(file, name) for file, name in imports() if name.split(".")[0] in FAULTY]


def test_only_these_modules_reach_other_machines() -> None:
    found = {file for file, name in imports() if name.split(".")[0] in NETWORK}
    found |= {
        file
        for file, name in imports()
        if name.startswith(("urllib.request", "http.client", "http.HTTPConnection"))
    }
    assert found == set(REACH_OUT)


def test_no_page_and_no_service_asks_another_machine_by_what_was_typed() -> None:
    """Of the modules that reach out, screens use sign-in and mail alone, whose addresses are
    settings."""
    for file, name in imports():
        if file.startswith(("dashboard/staff", "dashboard/pages", "dashboard/public")):
            assert not name.startswith("loaders.benchmarks.ees_http"), file


def test_no_hash_that_is_broken_is_used() -> None:
    used = {
        node.attr
        for tree in sources().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "hashlib"
    }
    assert used == {"sha256", "file_digest"}
    digests = [
        ast.unparse(call.args[1]) for _, call, name in calls() if name == "hashlib.file_digest"
    ]
    assert digests
    assert set(digests) == {"'sha256'"}
    assert not [file for file, name in imports() if name in ("hashlib.md5", "hashlib.sha1")]


def test_what_nobody_may_guess_is_never_made_by_the_module_random() -> None:
    assert not [file for file, name in imports() if name.split(".")[0] == "random"]


def test_statements_hold_no_text_that_came_from_outside() -> None:
    """Statements written as text are put together from the program's own names only: of tables,
    of triggers, of fixed numbers."""
    written = [
        (file, ast.unparse(part.value))
        for file, call, name in calls()
        if name in ("text", "sa.text", "op.execute", "connection.exec_driver_sql")
        and call.args
        and isinstance(call.args[0], ast.JoinedStr)
        for part in call.args[0].values
        if isinstance(part, ast.FormattedValue)
    ]
    outside = ("dashboard/operations/", "schemas/")
    assert all(file.startswith(outside) for file, _ in written), written
    own = re.compile(
        r"name|table|_[A-Z_]+|[A-Z_]+|revision|trigger|path|[a-z_]+\.name|quoted|int\(.+\)"
    )
    assert all(own.fullmatch(value) for _, value in written), written


def test_templates_escape_everything() -> None:
    """No template turns it off but for words of its own, and none is made from a text."""
    for file in (ROOT / "dashboard").rglob("*.html"):
        words = file.read_text("utf-8")
        assert "autoescape false" not in words, file
        for before in re.findall(r"(\S+)\s*\|\s*safe\b", words):
            # behind words that stand in the template itself, or a number put into them
            assert before.endswith(("'", '"', "|format(longest)")), file
    made = [(file, name) for file, _, name in calls() if "from_string" in name]
    assert not made
    assert not [file for file, _, name in calls() if name.endswith("render_template_string")]


def test_scripts_put_no_text_into_a_page_as_html() -> None:
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
    banned += r"|postMessage|__proto__|sessionStorage|indexedDB"
    for file in (ROOT / "assets").rglob("*.js"):
        if "vendor" not in file.parts:
            assert not re.search(banned, file.read_text("utf-8")), file


def test_only_the_settings_of_the_family_pages_are_kept_in_a_browser() -> None:
    files = [file for file in (ROOT / "assets").rglob("*.js") if "vendor" not in file.parts]
    [easy] = [file for file in files if "localStorage" in file.read_text("utf-8")]
    assert easy.name == "easy.js"
    kept = re.findall(r"(?:keep|recall)\(\"([a-z-]+)\"", easy.read_text("utf-8"))
    assert set(kept) == {"size", "view"}


def test_no_debugging_is_switched_on() -> None:
    for file, call, name in calls():
        told = {one.arg: ast.unparse(one.value) for one in call.keywords if one.arg}
        assert told.get("debug", "False") == "False", (file, name)
        assert not name.endswith("run_server"), file
