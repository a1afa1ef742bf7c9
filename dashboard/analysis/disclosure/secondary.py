"""The smallest set of further cells to hide so that no primary cell can be worked out."""

from collections.abc import Sequence

from dashboard.analysis.disclosure.audit import Auditor
from dashboard.analysis.disclosure.components import Network
from dashboard.analysis.disclosure.cover import Cover, TooHardError
from dashboard.analysis.disclosure.cuts import Cut, Cutter
from dashboard.analysis.disclosure.greedy import hide_one_by_one

ROUNDS = 40  # choices looked at before the simpler way is taken


def may_be_secondary(network: Network, column: int) -> bool:
    """Whether a cell may be hidden for others' sake: no zero, no grand total, nothing public."""
    cell = network.cells[column]
    free = cell.published and cell.may_hide and not cell.known and cell.decided == ""
    return free and cell.value > 0


def find_secondary(
    auditor: Auditor, targets: Sequence[int], fixed: frozenset[int]
) -> frozenset[int]:
    """The columns to hide in addition to `fixed` so that all targets are safe that can be.

    Fewest columns, then the smallest sum of their values, then the first ids. Where that takes
    too long, a set that is safe too and from which nothing can be left out.
    """
    network = auditor.network
    candidates = frozenset(
        c for c in range(len(network.cells)) if c not in fixed and may_be_secondary(network, c)
    )
    doubtful = auditor.doubtful(targets, fixed)
    beyond = set(auditor.unsafe(doubtful, fixed | candidates)) if doubtful else set()
    wanted = [column for column in doubtful if column not in beyond]
    try:
        return _smallest(auditor, candidates, fixed, wanted)
    except TooHardError:
        return hide_one_by_one(auditor, candidates, fixed, wanted)


def _smallest(
    auditor: Auditor, candidates: frozenset[int], fixed: frozenset[int], wanted: Sequence[int]
) -> frozenset[int]:
    """Chooses by the cuts found so far, asks the auditor, adds the cuts that it shows to be
    missing; weighs exactly only when it has the cuts that matter."""
    network = auditor.network
    cover, cutter = Cover(network.values.tolist()), Cutter(network, candidates, fixed)
    for column in wanted:
        cover.add(cutter.first_cuts(column))
    exact = False
    for _ in range(ROUNDS):
        chosen = cover.best(exact)
        cuts = _bare(network, candidates, fixed, chosen)
        cuts += _broken(auditor, cutter, wanted, fixed, chosen)
        if not cuts and exact:
            return chosen
        exact = exact or not cuts
        cover.add(cuts)
    raise TooHardError


def _broken(
    auditor: Auditor,
    cutter: Cutter,
    wanted: Sequence[int],
    fixed: frozenset[int],
    chosen: frozenset[int],
) -> list[Cut]:
    """A cut for what is still unsafe; one of several that stand in a relation together, as what
    helps it often helps them."""
    cuts, beside = [], set[int]()
    for column in auditor.doubtful(wanted, fixed | chosen):
        if column in beside:
            continue
        cut = cutter.cut_nearby(column, chosen)
        if cut is None and auditor.is_unsafe(column, fixed | chosen):
            cut = cutter.cut(column, chosen)
        if cut:
            cuts.append(cut)
            beside |= auditor.network.beside(column)
    return cuts


def _bare(
    network: Network, candidates: frozenset[int], fixed: frozenset[int], chosen: frozenset[int]
) -> list[Cut]:
    """A cell hidden for others' sake that is alone in a sum hides nothing: it could be shown."""
    lows, highs = network.ranges(fixed | chosen)
    loose = (lows < highs).tolist()
    cuts = []
    for column in sorted(chosen):
        for number in network.rows_of[column]:
            row = network.rows[number]
            others = [c for c, _ in row.terms if c != column]
            if row.equal and not any(loose[c] for c in others):
                weights = [(c, 1.0) for c in others if c in candidates]
                cuts.append(Cut((*weights, (column, -1.0)), 0.0))
    return cuts
