"""The formulas once more, written as plainly as can be, to check the real ones against."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import comb, exp, lgamma, log, sqrt

Z = 1.959963984540054


def wilson(x: float, n: float) -> tuple[float, float]:
    middle, half = 2 * x + Z * Z, Z * sqrt(Z * Z + 4 * x * (1 - x / n))
    return (middle - half) / (2 * (n + Z * Z)), (middle + half) / (2 * (n + Z * Z))


def newcombe(x1: float, n1: float, x2: float, n2: float) -> tuple[float, float]:
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = wilson(x1, n1), wilson(x2, n2)
    d = p1 - p2
    return d - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), d + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


def poisson_at_most(x: int, mean: float) -> float:
    if mean == 0:
        return 1.0
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(x + 1))


def exact_poisson(x: int) -> tuple[float, float]:
    """By halving: the means at which so few, or so many, would come one time in forty."""
    low = _root(lambda mean: poisson_at_most(x - 1, mean) - 0.975) if x else 0.0
    return low, _root(lambda mean: poisson_at_most(x, mean) - 0.025)


def byar(x: int) -> tuple[float, float]:
    y = x + 1
    return (
        x * (1 - 1 / (9 * x) - Z / (3 * sqrt(x))) ** 3,
        y * (1 - 1 / (9 * y) + Z / (3 * sqrt(y))) ** 3,
    )


def binomial_p(x1: int, n1: float, x2: int, n2: float) -> float:
    """All the ways that are no likelier than what was seen."""
    n, share = x1 + x2, n1 / (n1 + n2)
    chance = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    return sum(one for one in chance if one <= chance[x1] * (1 + 1e-7))


def ranks_of_median(n: int) -> tuple[int, int] | None:
    for k in range(n // 2, 0, -1):
        if sum(comb(n, j) for j in range(k, n - k + 1)) / 2**n >= 0.95:
            return k, n + 1 - k
    return None


def xmr(values: Sequence[float]) -> dict[int, set[str]]:
    """The flags by place, as `R1_above`, in fractions, which are exact."""
    n = len(values)
    exact = [Fraction(value) for value in values]
    mean = sum(exact) / n
    moving = sum(abs(exact[i] - exact[i - 1]) for i in range(1, n)) / (n - 1)
    flags: dict[int, set[str]] = {i: set() for i in range(n)}
    for name, sign in (("above", 1), ("below", -1)):
        far = [sign * (value - mean) for value in exact]
        limit = Fraction(266, 100) * moving
        for i in range(n):
            if far[i] > limit:
                flags[i].add(f"R1_{name}")
        for i in range(n - 6):
            if all(one > 0 for one in far[i : i + 7]):
                [flags[j].add(f"R2_run_{name}") for j in range(i, i + 7)]
            if all(far[j + 1] > far[j] for j in range(i, i + 6)):
                [flags[j].add(f"R3_trend_{name}") for j in range(i, i + 7)]
        for i in range(n - 2):
            near = [j for j in range(i, i + 3) if limit * 2 / 3 < far[j] <= limit]
            if len(near) >= 2 and all(one > 0 for one in far[i : i + 3]):
                [flags[j].add(f"R4_2of3_{name}") for j in near]
    return {i: found for i, found in flags.items() if found}


def _root(falling: Callable[[float], float]) -> float:
    low, high = 0.0, 1000.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return low
