"""Every act the program can put on the record, read from its source."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import dashboard

_PLACE = 2  # where `add_act(connection, actor, what, ...)` says what is done


def written_acts() -> set[str]:
    """The texts that stand as an act wherever `add_act` is called.

    An act is a text, one of two, one of a table of the module, or handed on by a function that is
    called with such texts; anything else could not be followed and is an error.
    """
    return {
        text
        for path, tree in _program().items()
        for function, call in _calls(tree, "add_act")
        for text in _texts(_argument(call, "what", _PLACE), function, path)
    }


@cache
def _program() -> dict[Path, ast.Module]:
    paths = sorted(Path(dashboard.__file__).parent.rglob("*.py"))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def _calls(tree: ast.Module, name: str) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    """Each call of a function, with the function it stands in."""
    for top in tree.body:
        for node in ast.walk(top):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and isinstance(called, ast.Name) and called.id == name:
                yield (top if isinstance(top, ast.FunctionDef) else None), node


def _argument(call: ast.Call, name: str, place: int) -> ast.expr:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    return named[name] if name in named else call.args[place]


def _texts(said: ast.expr, function: ast.FunctionDef | None, path: Path) -> Iterator[str]:
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        yield said.value
    elif isinstance(said, ast.IfExp):
        yield from _texts(said.body, function, path)
        yield from _texts(said.orelse, function, path)
    elif isinstance(said, ast.Subscript) and isinstance(said.value, ast.Name):
        yield from _values(said.value.id, path)
    elif isinstance(said, ast.Name) and function and said.id in _parameters(function):
        yield from _handed_on(said.id, function, path)
    else:
        where = f"{path}:{said.lineno}"
        raise AssertionError(f"{where}: an act is a text, so that its words can be looked up")


def _handed_on(name: str, function: ast.FunctionDef, path: Path) -> Iterator[str]:
    """What every caller gives for it: in its module, or anywhere when it is public."""
    place = _parameters(function).index(name)
    callers = [path] if function.name.startswith("_") else _program()
    for caller in callers:
        for outer, call in _calls(_program()[caller], function.name):
            yield from _texts(_argument(call, name, place), outer, caller)


def _parameters(function: ast.FunctionDef) -> list[str]:
    given = function.args
    return [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _values(name: str, path: Path) -> Iterator[str]:
    """The values of a table of the module."""
    for node in _program()[path].body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        if any(isinstance(one, ast.Name) and one.id == name for one in targets):
            assert isinstance(node, ast.Assign | ast.AnnAssign)
            assert isinstance(node.value, ast.Dict), f"{path}: {name} is not a table of acts"
            for value in node.value.values:
                yield from _texts(value, None, path)
