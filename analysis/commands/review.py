"""``analysis review``: figures corrected by a person, in a workbook."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import click

from analysis.commands import shared
from analysis.commands.shared import UNREAD, Terminal

_EXAMPLES = (
    "analysis review my-reports                        # writes review.xlsx",
    "analysis review my-reports --take review.xlsx     # after you have corrected it",
    "analysis review my-reports --to again.xlsx        # shows what is corrected already",
)


@click.command(epilog=shared.examples(*_EXAMPLES))
@shared.paths
@shared.to(metavar="FILE", default=Path("review.xlsx"), show_default=True, help="The workbook to write.")
@click.option("--take", metavar="FILE", type=shared.PATH, help="Take the corrections from this workbook instead.")
@click.option("--by", metavar="NAME", help="Whose the corrections are.  [default: your user name]")
@shared.force
@shared.talks
def review(
    paths: tuple[Path, ...], to: Path, take: Path | None, by: str | None, force: bool, terminal: Terminal
) -> int:
    """Correct figures in a workbook, and keep the corrections.

    PATH is a report, an archive or a folder of them. Without --take, a workbook is written with a row per figure: its
    sentence, and drop-downs for what it may be. With --take, what was entered there goes into corrections.toml beside
    the reports, a small text file that every later run applies. A correction belongs to a text: where that has changed
    since, it is reported and not applied.
    """
    import analysis
    from analysis.extras import needed
    from analysis.formatting import count
    from analysis.reading.sparing import spared
    from analysis.reading.unread import check_any
    from analysis.reviewing.corrections import FILE, corrections_in, digest, user, written
    from analysis.reviewing.sheets import as_review, taken
    from analysis.writing.files import keep, replace

    needed("openpyxl", "office")
    if take is None:
        keep([to], force)
    figures, reports = spared(analysis.extract_figures, analysis.read(*paths))
    check_any(reports, paths)
    terminal.not_read(reports)
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    kept = {folder: corrections_in(folder / FILE) for folder in folders}
    before = [one for listed in kept.values() for one in listed]
    if take is None:
        replace(to, as_review(figures, reports, before))
        terminal.result([f"{count(len(figures), 'figure')} in {to}"], {"file": to, "figures": len(figures)})
    else:
        told = taken(take, reports, before, by or user(), dt.date.today())
        for folder, listed in kept.items():
            own = [report for report in reports if report.path and report.path.is_relative_to(folder)]
            texts = {digest(report.text) for report in own} | {one.text for one in listed}
            mine = [one for one in told.corrections if one.text in texts]
            if mine or listed:
                replace(folder / FILE, written(mine).encode("utf-8", "replace"))
        files = [folder / FILE for folder in folders]
        kinds = Counter("struck" if one.strike else "right" if one.right else "corrected" for one in told.corrections)
        parts = ", ".join(f"{kinds[kind]:,} {kind}" for kind in ("corrected", "struck", "right"))
        terminal.result(
            [f"figures: {parts}; in {' and '.join(map(str, files))}"],
            {"files": files, **kinds, "changed": told.changed},
        )
        for name in told.changed:
            click.echo(f"{name}: not taken, for the text has changed since the workbook was written.", err=True)
        terminal.stale(analysis.tabulate(reports).stale)
    return UNREAD if reports.failed else 0
