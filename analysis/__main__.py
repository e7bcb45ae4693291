"""The command line: ``analysis init``, ``check``, ``tabulate`` and others; also as ``python -m analysis``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]

_STOPPED = 130  # as a shell says of Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the code that it ends with: see ``analysis --help``."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:  # while the command is still loaded; later it says so itself
        print("analysis: stopped.", file=sys.stderr)
        return _STOPPED


def _run(arguments: Sequence[str] | None) -> int:
    import click

    from analysis.commands.app import app
    from analysis.commands.shared import WRONG

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to end
    try:
        return int(app.main(arguments, prog_name="analysis", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return WRONG
    except click.Abort:  # as click calls Ctrl-C while it reads the arguments
        raise KeyboardInterrupt from None


if __name__ == "__main__":
    sys.exit(main())
