"""Why a value is not a number."""

from schemas.symbol import Symbol, add_symbols, parse_symbol


def test_a_symbol_is_read_in_any_case() -> None:
    assert parse_symbol(" C ") is Symbol.c
    assert parse_symbol("LOW") is Symbol.low
    assert parse_symbol("n/a") is None


def test_a_hidden_part_hides_the_sum_whatever_else_is_missing() -> None:
    assert add_symbols([Symbol.z, Symbol.x, Symbol.c]) is Symbol.c
    assert add_symbols([Symbol.z, Symbol.x]) is Symbol.x
    assert add_symbols([Symbol.z, Symbol.z]) is Symbol.z
