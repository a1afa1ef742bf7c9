"""Which counts of a release are hidden, so that none that is too small can be worked out."""

from collections.abc import Sequence

from dashboard.analysis.disclosure.audit import Auditor, is_safe
from dashboard.analysis.disclosure.cell import Bounds, Cell, Protection, Relation
from dashboard.analysis.disclosure.components import Network, build_network, connected, part_of
from dashboard.analysis.disclosure.primary import is_primary
from dashboard.analysis.disclosure.secondary import find_secondary, may_be_secondary


def protect(cells: Sequence[Cell], relations: Sequence[Relation]) -> Protection:
    """Hides the primary cells, the fewest others that keep them safe, and what was hidden before.

    The same for any order of cells and relations. What hangs together is treated together; a
    primary cell that cannot be made safe is told, and does not keep the others from it.

    Raises:
        ValueError: as `build_network`.
    """
    network = build_network(cells, relations)
    primary = {column for column, cell in enumerate(network.cells) if is_primary(cell)}
    fixed = primary | {c for c, cell in enumerate(network.cells) if cell.decided == "hidden"}
    secondary = fixed - primary
    bounds: dict[str, Bounds] = {}
    loose = [c in fixed or _may_vary(network, c) for c in range(len(network.cells))]
    for group in connected(network, loose):
        if not primary.isdisjoint(group):
            more, found = _treat(network, group, primary, fixed)
            secondary |= more
            bounds |= found
    return _protection(network, primary, secondary, bounds)


def _may_vary(network: Network, column: int) -> bool:
    """Whether an attacker might not know the count, whatever is hidden."""
    cell = network.cells[column]
    uncertain = not cell.published or (cell.kind == "health" and cell.value > 0)
    return not cell.known and (uncertain or may_be_secondary(network, column))


def _treat(
    network: Network, group: tuple[int, ...], primary: set[int], fixed: set[int]
) -> tuple[set[int], dict[str, Bounds]]:
    part = part_of(network, group)
    targets = [place for place, column in enumerate(group) if column in primary]
    hidden = frozenset(place for place, column in enumerate(group) if column in fixed)
    auditor = Auditor(part)
    more = find_secondary(auditor, targets, hidden)
    found = _bounds(auditor, targets, hidden | more)
    return {group[c] for c in more}, {part.cells[c].id: bounds for c, bounds in found.items()}


def _bounds(auditor: Auditor, targets: Sequence[int], hidden: frozenset[int]) -> dict[int, Bounds]:
    """Exact for this publication; of those before it only whether they are safe still."""
    cells = auditor.network.cells
    new = [column for column in targets if not cells[column].decided]
    old = [column for column in targets if cells[column].decided]
    auditor.doubtful(old, hidden)  # many are seen to be safe at once
    found = auditor.bounds(new, hidden)
    return found | {column: auditor.possible(column, hidden) for column in old}


def _protection(
    network: Network, primary: set[int], secondary: set[int], bounds: dict[str, Bounds]
) -> Protection:
    unprotected = {name for name, found in bounds.items() if not is_safe(found.low, found.high)}
    return Protection(
        primary=frozenset(network.cells[column].id for column in primary),
        secondary=frozenset(network.cells[column].id for column in secondary),
        unprotected=frozenset(unprotected),
        bounds=dict(sorted(bounds.items())),
    )
