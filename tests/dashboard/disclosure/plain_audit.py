"""The audit a second way: everything in one programme, without whole numbers, cell by cell."""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_array

from dashboard.analysis.disclosure.cell import Cell, Protection, Relation


def reach(
    cells: list[Cell], relations: list[Relation], found: Protection, name: str
) -> tuple[float, float]:
    """Between which numbers a count may lie; whole ones may lie closer."""
    column = {cell.id: place for place, cell in enumerate(cells)}
    equal = [one for one in relations if one.sense == "="]
    most = [one for one in relations if one.sense == "<="]
    ends = []
    for way in (1, -1):
        aim = np.zeros(len(cells))
        aim[column[name]] = way
        solved = linprog(
            aim,
            A_eq=_matrix(equal, column),
            b_eq=[one.constant for one in equal],
            A_ub=_matrix(most, column),
            b_ub=[one.constant for one in most],
            bounds=[_range(cell, found) for cell in cells],
        )
        ends.append(solved.x[column[name]])
    return ends[0], ends[1]


def _matrix(relations: list[Relation], column: dict[str, int]) -> lil_array:
    matrix = lil_array((len(relations), len(column)))
    for number, one in enumerate(relations):
        for name, factor in one.parts:
            matrix[number, column[name]] += factor
    return matrix


def _range(cell: Cell, found: Protection) -> tuple[int, int]:
    if not cell.published:
        return 0, 10**6
    if cell.id in found.hidden:
        return 1, 10**6
    if cell.kind == "health" and cell.value:
        middle = 5 * int(cell.value / 5 + 0.5)
        return middle - 2, middle + 2
    return cell.value, cell.value
