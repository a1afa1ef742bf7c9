"""Which counts and rates are hidden for themselves, before anyone does sums with them."""

from dashboard.analysis.disclosure.cell import Cell, Kind

EDUCATION_MOST = 4  # the largest count of education that is hidden for itself
HEALTH_MOST = 7  # NHS England's rule for figures below the national
FEWEST_FOR_A_RATE = 10
FEWEST_FOR_A_SURE_RATE = 20


def is_primary(cell: Cell) -> bool:
    """Whether a count is hidden for itself: education 1 to 4, health 1 to 7; zero never.

    What is public already never is: it cannot be hidden any more. A count of education that is
    not published but can be worked out is; one of health is not, because its whole is rounded.
    """
    if cell.known or cell.decided == "shown":
        return False
    if cell.kind == "health":
        return cell.published and 1 <= cell.value <= HEALTH_MOST
    return 1 <= cell.value <= EDUCATION_MOST


def why_rate_hidden(
    numerator: int, denominator: int, hidden_n: bool, hidden_d: bool, kind: Kind
) -> str:
    """Why a share or rate is hidden, in words for the assurer; "" when it may be shown.

    Health rates are made of rounded counts, so only a hidden count hides them.
    """
    if hidden_n or hidden_d:
        return "one of its counts is hidden"
    if kind == "health":
        return ""
    if denominator < FEWEST_FOR_A_RATE:
        return f"it is a share of fewer than {FEWEST_FOR_A_RATE}"
    if 1 <= numerator <= EDUCATION_MOST:
        return "it counts too few people"
    if 1 <= denominator - numerator <= EDUCATION_MOST:
        return "too few people are left out of it"
    return ""


def is_unreliable(denominator: int) -> bool:
    """Whether a rate that is shown is marked: it is a share of 10 to 19."""
    return FEWEST_FOR_A_RATE <= denominator < FEWEST_FOR_A_SURE_RATE
