"""What the commands have in common: how paths are given, what is told and where, and the codes that they end with."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.progressbar import QUIET

if TYPE_CHECKING:
    from analysis.reading.reports import Reports

__all__ = ["CLOSED", "FAILED", "FOUND", "STOPPED", "UNREAD", "WRONG", "Terminal", "examples", "force", "talks", "to"]

FAILED, WRONG, UNREAD, FOUND, STOPPED, CLOSED = 1, 2, 3, 4, 128, 141
CODES = """\b
Exit codes:
  0  done
  1  not done; one sentence says why
  2  a wrong command
  3  done, but some files, or parts of them, could not be read; they are listed
  4  `check` found an error or a warning, whatever could not be read
  130, 143  stopped by Ctrl-C or SIGTERM (129: by the end of its terminal)
"""


class Address(click.Path):
    """A path, or an address such as ``s3://bucket/reports``, which stays as it is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A path as a ``Path``, an address as text."""
        return str(value) if "://" in str(value) else super().convert(value, param, ctx)


PATH = click.Path(path_type=Path)
ADDRESS = Address(path_type=Path)
DIRECTORY = Address(path_type=Path, file_okay=False)
paths = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PATH)
force = click.option("-f", "--force", is_flag=True, help="Replace files that exist.")
to = functools.partial(click.option, "--to", type=PATH)


@dataclass(frozen=True)
class Terminal:
    """Where a command tells what it does: results on standard output, all else on standard error.

    ``quiet`` leaves only what is asked for and what is wrong; ``as_json`` makes one JSON value of the result.
    """

    quiet: bool = False
    verbose: bool = False
    as_json: bool = False

    def result(self, lines: Iterable[str], value: object) -> None:
        """The result: lines for a person, which ``quiet`` leaves out, or the value as JSON."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
        elif not self.quiet:
            for line in lines:
                click.echo(line)

    def say(self, line: str) -> None:
        """Something that is good to know."""
        if not self.quiet:
            click.echo(line, err=True)

    def detail(self, line: str) -> None:
        """Something for those who want to know more."""
        if self.verbose:
            click.echo(line, err=True)

    def not_read(self, reports: Reports) -> list[dict[str, str]]:
        """A line for each file, or part of one, that was not read, however quiet; and the same for JSON."""
        from analysis.reading.unread import told
        from analysis.writing.remarks import plain

        for line in told(reports):
            click.echo(plain(line), err=True)
        return [{"file": one.name, "reason": one.reason} for one in reports.failed]

    def stale(self, told: Iterable[object]) -> None:
        """A line for each correction that is not applied, however quiet."""
        from analysis.writing.remarks import plain

        for one in told:
            click.echo(plain(str(one)), err=True)


def talks(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command ``--quiet``, ``--verbose`` and ``--json``, and a terminal for what it tells."""

    @functools.wraps(command)
    def run(*args: Any, quiet: bool, verbose: bool, as_json: bool, **options: Any) -> int | None:
        with _bars(not quiet):
            return command(*args, terminal=Terminal(quiet, verbose, as_json), **options)

    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
        click.option("-v", "--verbose", is_flag=True, help="Tell more."),
        click.option("-q", "--quiet", is_flag=True, help="Tell only what is wrong."),
    ):
        run = option(run)
    return run


@contextmanager
def _bars(shown: bool) -> Iterator[None]:
    """Without bars for those who wait, where they are not wanted."""
    before = os.environ.get(QUIET)
    if not shown:
        os.environ[QUIET] = "1"
    try:
        yield
    finally:
        if not shown:
            os.environ.pop(QUIET)
            os.environ.update({} if before is None else {QUIET: before})


def examples(*lines: str) -> str:
    """The end of a command's help: commands to copy."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])
