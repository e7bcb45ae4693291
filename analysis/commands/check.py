"""``analysis check``: what the audit finds, like a linter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.commands import shared
from analysis.commands.shared import FOUND, UNREAD, Terminal
from analysis.schema import VOCABULARIES

if TYPE_CHECKING:
    from analysis.reading.reports import Reports
    from analysis.writing.remarks import Remark

SEVERITIES = VOCABULARIES["severity"]
_EXAMPLES = (
    "analysis check seeds",
    "analysis check seeds --severity warning",
    "analysis check seeds --all | grep sum_total",
    "analysis check seeds --format sarif --to findings.sarif",
)
_COLOURS = {"error": "red", "warning": "yellow", "note": "blue", "yes": "green", "by rounding": "green"}


@click.command(epilog=shared.examples(*_EXAMPLES))
@shared.paths
@click.option("--all", "every", is_flag=True, help="Print every recomputation, also where the figures agree.")
@click.option(
    *("--severity",),
    type=click.Choice(SEVERITIES),
    default="note",
    show_default=True,
    help="The least severity to tell.",
)
@click.option("--format", type=click.Choice(["text", "json", "sarif"]), help="[default: text]")
@shared.to(metavar="FILE", help="Write to this file rather than print.")
@shared.force
@click.option("--exit-zero", is_flag=True, help="End with 0 whatever is found.")
@shared.talks
def check(
    paths: tuple[Path, ...],
    every: bool,
    severity: str,
    format: str | None,
    to: Path | None,
    force: bool,
    exit_zero: bool,
    terminal: Terminal,
) -> int:
    """Print what does not add up in reports, like a linter.

    PATH is a report, an archive or a folder of them. A line says `file:line:column: severity check message`; with
    --all, instead of the severity, whether the figures agree: yes, by-rounding, other-reading or no. Of a web page or
    document, lines and columns are those of the text that was read, which tabulate keeps.
    """
    import analysis
    from analysis.reading.unread import check_any
    from analysis.writing.files import keep, replace
    from analysis.writing.remarks import remarks

    if to is not None:
        keep([to], force)
    tables = analysis.tabulate(analysis.read(*paths))
    reports = tables.reports
    check_any(reports, paths)
    terminal.not_read(reports)
    grave = SEVERITIES[: SEVERITIES.index(severity) + 1]
    terminal.stale(tables.stale)
    told = [one for one in remarks(tables, reports, every) if one.level in grave or one.level not in SEVERITIES]
    form = format or ("json" if terminal.as_json else "text")
    if to is not None:
        replace(to, f"{_written(told, form, reports)}\n".encode("utf-8", "replace"))
    elif form == "text":
        _printed(told, terminal.verbose)
    else:
        click.echo(_written(told, form, reports))
    terminal.say(_summary(told, reports))
    if any(one.level in ("error", "warning") for one in told) and not exit_zero:
        return FOUND
    return UNREAD if reports.failed else 0


def _printed(told: Sequence[Remark], verbose: bool) -> None:
    for one in told:
        word = click.style(one.word, fg=_COLOURS.get(one.level, "magenta"), bold=True)
        click.echo(f"{one.place}: {word} {one.check} {one.message}")
        if verbose and one.explanation:
            click.echo(f"    another reading: {one.explanation}")


def _written(told: Sequence[Remark], form: str, reports: Reports) -> str:
    import analysis
    from analysis.writing.sarif import as_sarif

    if form == "text":
        return "\n".join(map(str, told))
    if form == "json":
        return json.dumps([asdict(one) for one in told], ensure_ascii=False, indent=2)
    return json.dumps(as_sarif(told, analysis.__version__, reports.failed), ensure_ascii=False, indent=2)


def _summary(told: Sequence[Remark], reports: Reports) -> str:
    from analysis.formatting import count

    levels = Counter(one.level for one in told)
    parts = [count(levels[level], level) for level in SEVERITIES if levels[level]]
    redone = sum(n for level, n in levels.items() if level not in SEVERITIES)
    parts += [count(redone, "other recomputation")] if redone else []
    return f"{', '.join(parts) or 'nothing found'} in {count(len(reports), 'report')}"
