"""The counts of a release and of those before it as cells and relations, and their protection."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from dashboard.analysis.disclosure.cell import Bounds, Cell, Protection, Relation
from dashboard.analysis.disclosure.gather import Gathered
from dashboard.analysis.disclosure.primary import is_primary
from dashboard.analysis.disclosure.protect import protect
from dashboard.analysis.disclosure.quantity import Quantity, children_of
from dashboard.analysis.disclosure.relations import relate
from schemas.relations import Relations

Fate = Literal["shown", "hidden", "unpublished"]


class Decided(NamedTuple):
    """What a publication did with a count, and the count."""

    value: int
    fate: Fate


@dataclass(frozen=True)
class Earlier:
    """What publications before decided. `ever_hidden` are ids of counts that one of them hid."""

    decided: Mapping[Quantity, Decided] = field(default_factory=dict)
    ever_hidden: frozenset[str] = frozenset()

    @property
    def values(self) -> dict[Quantity, int]:
        return {one: decided.value for one, decided in self.decided.items()}

    @property
    def published(self) -> dict[Quantity, int]:
        """Those that stand in figures, hidden or not."""
        return {
            one: found.value for one, found in self.decided.items() if found.fate != "unpublished"
        }


@dataclass(frozen=True)
class Problem:
    """Cells by quantity, what ties them together, and the ids of those of this release."""

    cells: Mapping[Quantity, Cell]
    relations: tuple[Relation, ...]
    now: frozenset[str]


class Protector:
    """Protects, and does not work out again what has not changed since."""

    def __init__(self) -> None:
        self._done: dict[tuple[object, ...], Protection] = {}

    def protect(self, problem: Problem, rules: Relations) -> Protection:
        """Counts of children first; then other counts (sessions), which are hidden wherever the
        children they are about are not shown."""
        people = {q: cell for q, cell in problem.cells.items() if not children_of(q, rules)}
        found = self._protect(people.values(), problem)
        others = problem.cells.keys() - people.keys()
        unseen = {q for q in others if is_unseen(q, problem.cells, found.hidden, rules)}
        cells = [_hide(problem.cells[q], q in unseen) for q in sorted(others, key=lambda q: q.id)]
        return _both(found, self._protect(cells, problem))

    def _protect(self, cells: Iterable[Cell], problem: Problem) -> Protection:
        """What hangs together with nothing of this release is as it was."""
        found = _NOTHING
        for part in _components({cell.id: cell for cell in cells}, problem.relations):
            if problem.now.isdisjoint(cell.id for cell in part[0]):
                continue
            if part not in self._done:
                self._done[part] = protect(*part)
            found = _both(found, self._done[part])
        return found


def state(
    gathered: Gathered,
    earlier: Earlier,
    rules: Relations,
    elsewhere: Mapping[Quantity, int],
    tied: bool = True,
) -> Problem:
    """The cells of a release and all that is known of them.

    Args:
        elsewhere: counts that others have published: one that is the same as ours is known.
        tied: whether the relations are wanted.
    """
    now = {**gathered.worked_out, **gathered.published}
    values = earlier.values | now
    cells: dict[Quantity, Cell] = {}
    for one, value in values.items():
        cells[one] = Cell(
            id=one.id,
            value=value,
            kind="health" if one.is_health else "education",
            decided=_decided(one, value, earlier),
            published=_is_published(one, gathered, earlier),
            may_hide=one not in gathered.totals,
            known=elsewhere.get(one) == value,
        )
    relations = relate(values, rules, gathered.inside) if tied else ()
    return Problem(cells, relations, frozenset(one.id for one in now))


def is_unseen(
    one: Quantity, cells: Mapping[Quantity, Cell], hidden: frozenset[str], rules: Relations
) -> bool:
    """Whether the children a number is about are not shown, in any term of it that we know of."""
    known = [cells[child] for child in children_of(one, rules) if child in cells]
    return not known or any(not is_shown(cell, hidden) for cell in known)


def is_shown(cell: Cell, hidden: frozenset[str]) -> bool:
    return cell.decided == "shown" or (cell.published and cell.id not in hidden)


_NOTHING = Protection(frozenset(), frozenset(), frozenset(), {})


def _both(one: Protection, two: Protection) -> Protection:
    bounds: dict[str, Bounds] = {**one.bounds, **two.bounds}
    return Protection(
        one.primary | two.primary,
        one.secondary | two.secondary,
        one.unprotected | two.unprotected,
        bounds,
    )


def _hide(cell: Cell, hidden: bool) -> Cell:
    """A 0 is never hidden, and what everyone knows cannot be."""
    may = hidden and cell.value > 0 and cell.published and not cell.decided and not cell.known
    return replace(cell, decided="hidden") if may else cell


def _decided(one: Quantity, value: int, earlier: Earlier) -> Literal["", "shown", "hidden"]:
    """What was hidden stays hidden, whatever it is now, unless it is 0; what was shown and is the
    same is public."""
    before = earlier.decided.get(one)
    if before and before.fate == "shown" and before.value == value:
        return "shown"
    was_hidden = one.id in earlier.ever_hidden or (before and before.fate == "hidden")
    return "hidden" if was_hidden and value > 0 else ""


def _is_published(one: Quantity, gathered: Gathered, earlier: Earlier) -> bool:
    if one in gathered.published:
        return True
    before = earlier.decided.get(one)
    return before is not None and before.fate != "unpublished"


def _components(
    cells: Mapping[str, Cell], relations: Iterable[Relation]
) -> Iterator[tuple[tuple[Cell, ...], tuple[Relation, ...]]]:
    """Cells that hang together by relations, and those relations; only where a cell is primary or
    was hidden. What cannot be hidden and is known exactly ties nothing together."""
    fixed = {name for name, cell in cells.items() if _is_constant(cell)}
    leader = {name: name for name in cells}
    mine = [relation for relation in relations if all(name in cells for name, _ in relation.parts)]
    for relation in mine:
        loose = [name for name, _ in relation.parts if name not in fixed]
        for name in loose[1:]:
            leader[_find(leader, name)] = _find(leader, loose[0])
    rows: dict[str, list[Relation]] = defaultdict(list)
    for relation in mine:
        loose = [name for name, _ in relation.parts if name not in fixed]
        if loose:
            rows[_find(leader, loose[0])].append(relation)
    names: dict[str, set[str]] = defaultdict(set)
    for name in cells.keys() - fixed:
        names[_find(leader, name)].add(name)
    for top in sorted(names):
        if any(is_primary(cells[name]) or cells[name].decided == "hidden" for name in names[top]):
            inside = names[top] | {name for row in rows[top] for name, _ in row.parts}
            yield tuple(cells[name] for name in sorted(inside)), tuple(rows[top])


def _is_constant(cell: Cell) -> bool:
    if cell.decided == "hidden":
        return False
    if cell.known:
        return True
    if cell.kind == "health" or not cell.published or is_primary(cell):
        return cell.published and cell.value == 0
    return cell.decided == "shown" or not cell.may_hide or cell.value == 0


def _find(leader: dict[str, str], name: str) -> str:
    while leader[name] != name:
        leader[name] = leader[leader[name]]
        name = leader[name]
    return name
