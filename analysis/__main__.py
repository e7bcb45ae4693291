"""The command line: ``analysis init``, ``check``, ``tabulate`` and others; also as ``python -m analysis``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from analysis.commands.app import app
from analysis.commands.shared import WRONG

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the code that it ends with: see ``analysis --help``."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to end
    try:
        return int(app.main(arguments, prog_name="analysis", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return WRONG


if __name__ == "__main__":
    sys.exit(main())
