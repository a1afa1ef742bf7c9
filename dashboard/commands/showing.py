"""`show` and `measures`: the figures and the definitions, for people and for scripts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.terminal import json_option, opened, print_json
from dashboard.viewer import Viewer

if TYPE_CHECKING:
    from dashboard.queries.shown import Shown


@click.command()
@click.argument("measure")
@click.option("--area", "areas", multiple=True, help="Only this area's code; may be repeated.")
@click.option("--breakdown", help="Only this breakdown, such as all or phase.")
@json_option
def show(measure: str, areas: Sequence[str], breakdown: str | None, as_json: bool) -> int:
    """List the observations of MEASURE, drafts and every published vintage included."""
    from dashboard.queries.figures import get_observations
    from schemas.measure import load_measures

    known = load_measures()
    if measure not in known:
        raise click.ClickException(
            f"There is no measure {measure}. “send-dashboard measures” lists them."
        )
    codes = [area.upper() for area in areas] or None
    with opened() as database, database.reading() as connection:
        shown = get_observations(
            connection,
            Viewer.staff,
            measure,
            codes,
            [breakdown] if breakdown else None,
        )
    if as_json:
        print_json([_as_json(one) for one in shown])
    else:
        _print_table(shown)
    return 0


@click.command()
@json_option
def measures(as_json: bool) -> int:
    """List every measure."""
    from schemas.measure import load_measures

    every = load_measures().values()
    if as_json:
        print_json([one.model_dump(mode="json") for one in every])
        return 0
    for one in every:
        click.echo(f"{one.id:28} {one.title}")
    return 0


def _as_json(one: "Shown") -> dict[str, Any]:
    record = one.observation._asdict()
    record["measure"] = record.pop("measure_id")
    return (
        {"measure": record.pop("measure")}
        | record
        | {
            "source": one.source,
            "vintage": one.vintage,
            "as_at": one.as_at_on,
            "file_kind": one.file_kind,
            "invented": one.invented,
        }
    )


def _print_table(shown: "Sequence[Shown]") -> None:
    if not shown:
        click.echo("Nothing is known of it yet.")
        return
    for one in shown:
        o = one.observation
        value = o.symbol if o.value is None else f"{o.value:,.4g}"
        counts = "" if o.denominator is None else f"{o.numerator:g}/{o.denominator:g}"
        where = "" if o.breakdown == "all" else f"{o.breakdown}: {o.category}"
        click.echo(
            f"{o.area_code:10} {o.period:15} {o.basis:14} {value:>9} {counts:>15}  "
            f"{where:32} {one.source}, {one.vintage}"
        )
