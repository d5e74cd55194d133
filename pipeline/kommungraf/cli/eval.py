"""``kommungraf eval``: the graph against gold."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommungraf import config
from kommungraf.errors import UsageError

if TYPE_CHECKING:
    from kommungraf.query.evaluate import KindReport
    from kommungraf.query.gold import Fact
    from kommungraf.query.scores import Score


@click.command(name="eval")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("graph_out"), show_default=True, help="The built graph."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--errors", type=click.IntRange(min=0), default=0, help="Show up to N misses and N extras of each kind.")
@click.option("--floor", type=click.Path(path_type=Path), help="A TOML file of least values; below one: exit code 1.")
@click.pass_context
def evaluate(context: click.Context, gold: Path, out: Path, form: str, errors: int, floor: Path | None) -> None:
    """Measure the graph against the gold files in GOLD: precision, recall and F1 per kind, strict and soft.

    \b
    kommungraf eval ../shared/gold --out graph_out/seeds
    kommungraf eval corpus/gold --errors 5
    kommungraf eval corpus/gold --floor corpus/floor.toml --format json
    """
    from kommungraf.query.evaluate import below_floor
    from kommungraf.query.evaluate import evaluate as measure

    floors = _read_floor(floor) if floor else {}
    reports, missing = measure(gold, out, config.load().base)
    for file in missing:
        click.echo(f"{file} is in the gold, but not in the graph of {out}.", err=True)
    if form == "json":
        click.echo(json.dumps({report.kind: report.as_dict() for report in reports}, ensure_ascii=False, indent=2))
    else:
        print_reports(reports)
    for report in reports if errors else []:
        _print_errors(report, errors)
    problems = below_floor(reports, floors)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        context.exit(1)


def _read_floor(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} is not a floor file: {error}.") from error


def print_reports(reports: list[KindReport]) -> None:
    """The tables of an evaluation, to stdout."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if Console().is_terminal else 160)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("kind")
    for column in ("gold", "found", "strict P", "R", "F1", "soft P", "R", "F1"):
        table.add_column(column, justify="right")
    for report in reports:
        found = "–" if report.found is None else str(report.found)
        table.add_row(report.kind, str(report.gold), found, *_figures(report.strict), *_figures(report.soft))
    console.print(table)
    for report in reports:
        for name, value in report.identity.items():
            precision, recall, f1 = _figures(value)
            console.print(f"{report.kind} identity, {name}: P {precision} R {recall} F1 {f1}")
        if report.attributes:
            parts = (f"{name} {right}/{total}" for name, (right, total) in report.attributes.items())
            console.print(f"{report.kind} fields: {', '.join(parts)}", highlight=False)


def _figures(score: Score) -> tuple[str, str, str]:
    first, second, third = (
        "–" if value is None else f"{value:.3f}" for value in (score.precision, score.recall, score.f1)
    )
    return first, second, third


def _print_errors(report: KindReport, limit: int) -> None:
    for wanted, got in report.missed[:limit]:
        click.echo(f"- {report.kind} missed: {_line(wanted)}", err=True)
        if got:
            click.echo(f"    instead: {_line(got, wanted)}", err=True)
    for extra in report.spurious[:limit]:
        click.echo(f"+ {report.kind} not in gold: {_line(extra)}", err=True)


def _line(fact: Fact, like: Fact | None = None) -> str:
    shown = like.attributes if like else fact.attributes
    fields = "; ".join(f"{name}={', '.join(fact.attributes.get(name, []))[:80]}" for name in shown)
    places = " ".join(f"{place.start}-{place.end}" for place in fact.places[:3])
    return f"{fact.file} {places} {fact.entity} {fact.text[:60]!r} {fields}"
