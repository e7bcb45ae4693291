"""The command ``analysis``: its commands, and how each of them ends."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

import click

from analysis.commands import shared
from analysis.commands.check import check
from analysis.commands.completion import completion
from analysis.commands.export import export
from analysis.commands.init import init
from analysis.commands.lab import lab
from analysis.commands.review import review
from analysis.commands.shared import CLOSED, FAILED, STOPPED
from analysis.commands.tabulate import tabulate
from analysis.errors import UserError

__all__ = ["app"]

_STOPS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class _App(click.Group):
    """A group whose commands end with one sentence where something is wrong, and with a code in any case."""

    def invoke(self, ctx: click.Context) -> int:
        heard: list[int] = []  # an interrupt that something on its way raises anew has lost its number

        def stop(number: int, _: object) -> NoReturn:
            """End as on Ctrl-C, with everything shut down and cleared away."""
            heard.append(number)
            raise KeyboardInterrupt(number)

        before = {one: signal.signal(one, stop) for one in _STOPS if signal.getsignal(one) != signal.SIG_IGN}
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
            return int(code or 0)
        except BrokenPipeError:
            # Who reads has seen enough, as head does; Python must not write the rest at its end either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return CLOSED
        except (UserError, OSError) as error:
            click.echo(f"analysis: {error}", err=True)
            return FAILED
        except KeyboardInterrupt:
            click.echo("analysis: stopped.", err=True)
            return STOPPED + (heard[0] if heard else signal.SIGINT)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    """Print the version, which takes a while to look up: only when it is asked for."""
    if asked:
        import analysis

        click.echo(f"analysis {analysis.__version__}")
        context.exit()


@click.group(
    cls=_App,
    commands=[init, check, tabulate, review, export, lab, completion],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"{shared.examples('analysis check seeds', 'analysis tabulate seeds --to tables')}\n\n{shared.CODES}",
)
@click.option(
    *("--version",),
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
@click.pass_context
def app(context: click.Context, /) -> None:
    """Targets and results that reports state, compared.

    PATH is a report, an archive or a folder of them; every command takes several; --to says where the result goes.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
