"""Ctrl-C while a command is still loaded ends it with one line, as it does later."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import click
import pytest

from analysis.__main__ import main
from analysis.commands.app import app
from tests import ROOT

STOPPED_WHILE_LOADING = """
import sys

class Stop:
    def find_spec(self, name, *_):
        if name == "analysis.commands.app":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stop())
from analysis.__main__ import main
sys.exit(main(["check", "seeds"]))
"""


def test_a_command_that_is_stopped_while_it_is_loaded_says_so_in_one_line() -> None:
    line = [sys.executable, "-c", STOPPED_WHILE_LOADING]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "analysis: stopped.\n")


def test_so_does_one_that_is_stopped_while_its_arguments_are_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "make_context", stopped)
    assert main(["check", "seeds"]) == 130
    assert capsys.readouterr().err.strip() == "analysis: stopped."


def raised_anew(context: click.Context) -> None:
    """End as something does that hears an interrupt, and raises another."""
    try:
        signal.raise_signal(context.obj)
    except KeyboardInterrupt:
        raise KeyboardInterrupt from None


@pytest.mark.skipif(os.name != "posix", reason="Windows has no signals to send to one process")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_code_tells_the_signal_even_where_its_interrupt_is_raised_anew(
    number: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(click.Group, "invoke", lambda _, context: raised_anew(context))
    sent = getattr(signal, number)
    if signal.getsignal(sent) == signal.SIG_IGN:
        pytest.skip("these tests run where nothing hears that signal, under nohup")
    before = signal.getsignal(sent)
    assert app.main(["check", "seeds"], standalone_mode=False, obj=sent) == 128 + sent
    assert capsys.readouterr().err == "analysis: stopped.\n"
    assert signal.getsignal(sent) == before
