"""An export that is stopped, however and whenever, leaves nothing behind: no process, no folder, half a page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from analysis.writing.together import TEMPORARY, workplace
from tests import ROOT
from tests.browser import CHROMIUM, one_report, without_browser, write_notebook

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no signals to send to one process")

MARK = "ANALYSIS_TEST_OF_STOPPING"
# Orphans fall to the process above, as in a container, instead of process 1; it ends when all of them have.
ABOVE = """
import ctypes, os, subprocess, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
code = subprocess.call(sys.argv[1:])
try:
    while True:
        os.wait()
except ChildProcessError:
    sys.exit(code if code >= 0 else 128 - code)
"""
CELL = """
import pathlib, re, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stderr=subprocess.DEVNULL)
pathlib.Path("../started").touch()
time.sleep(600)
"""
BUSY = CELL.replace("time.sleep(600)\n", "re.match('(a*)*b', 'a' * 99)\n")  # hears nothing, and lets no thread run


GIVEN = {"notebooks", "seeds", "started"}


def _hear() -> None:
    """Hear Ctrl-C and the end of a terminal, which tests that run in the background, or with nohup, do not."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Export:
    """An export of a notebook that would run for ten minutes, or of one that runs at once."""

    def __init__(self, folder: Path, temporary: Path, cell: str, *options: str, nohup: bool = False) -> None:
        self.folder, self.temporary, self._mark = folder, temporary, uuid4().hex
        one_report(folder / "seeds")
        write_notebook(folder / "notebooks" / "a.ipynb", ["# A", cell])
        places = {"TMPDIR": str(temporary), "JUPYTER_RUNTIME_DIR": str(temporary)}
        line = [sys.executable, "-c", ABOVE, sys.executable, "-m", "analysis", "export", *options]
        line = ["nohup", *line] if nohup else line
        environment = {**os.environ, **places, "PYTHONPATH": str(ROOT), MARK: self._mark}
        self.above = subprocess.Popen(
            line, cwd=folder, env=environment, preexec_fn=_hear, stderr=subprocess.PIPE, text=True
        )

    def processes(self) -> list[psutil.Process]:
        """Return all that belong to it and still run."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get(MARK) == self._mark and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def named(self, word: str) -> list[psutil.Process]:
        """Return those with that word in their command, the oldest first."""
        found = []
        for process in self.processes():
            with suppress(psutil.Error):
                words = process.cmdline()  # once: a browser rewrites its own while it starts
                if word in words and words[1:2] != ["-c"]:
                    found.append((process.create_time(), process))
        return [process for _, process in sorted(found, key=lambda pair: pair[0])]

    def left(self) -> set[str]:
        """Return what it left in the folder that it ran in, and among temporary files."""
        return {path.name for folder in (self.folder, self.temporary) for path in folder.iterdir()} - GIVEN


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Export]]:
    """Start exports, and end at last whatever belongs to them."""
    started: list[Export] = []
    # Chromium puts a socket there, whose path must be short.
    with tempfile.TemporaryDirectory(prefix="stop-", ignore_cleanup_errors=True) as temporary:

        def export(*arguments: str, nohup: bool = False) -> Export:
            started.append(Export(tmp_path, Path(temporary), *arguments, nohup=nohup))
            return started[-1]

        yield export
        for one in started:
            for process in one.processes():
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            one.above.wait()
            one.above.stderr.close()


def until(found: Callable[[], object], seconds: float = 60) -> bool:
    """Return whether something is found in time."""
    deadline = time.monotonic() + seconds
    while not (there := found()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(there)


MOMENTS: dict[str, Callable[[Export], object]] = {
    "a kernel starts": lambda export: export.named("ipykernel_launcher"),
    "a cell runs": lambda export: (export.folder / "started").exists(),
}
SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, *([signal.SIGHUP] if os.name == "posix" else [])]


def stopped(export: Export, number: int) -> tuple[int, str]:
    """Return how an export ends that gets a signal, and what it says, once nothing of it runs any more."""
    export.named("export")[0].send_signal(number)
    assert until(lambda: not export.processes(), 20), export.processes()
    return export.above.wait(), export.above.stderr.read()


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_outlives_an_export_that_is_stopped(
    moment: str, number: signal.Signals, start: Callable[..., Export]
) -> None:
    export = start(CELL)
    assert until(lambda: MOMENTS[moment](export))
    code, told = stopped(export, number)
    assert (code, told) == (128 + number, "" if number == signal.SIGKILL else "analysis: stopped.\n")
    assert export.left() == set()


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_nothing_outlives_an_export_whose_cell_hears_nothing(
    number: signal.Signals, start: Callable[..., Export]
) -> None:
    export = start(BUSY)
    assert until(lambda: MOMENTS["a cell runs"](export))
    code, _ = stopped(export, number)
    assert code == 128 + number
    assert export.left() == set()


def test_what_an_export_leaves_that_is_killed_before_its_kernel_starts_the_next_removes(
    start: Callable[..., Export],
) -> None:
    export = start(CELL)
    # Its own folder: Python puts a file of another name there for an instant, to see whether it may, and the folder
    # itself is "new-" until it is held; who is killed then leaves that for a minute.
    assert until(lambda: any("new-" not in path.name for path in export.temporary.glob(f"{TEMPORARY}*")))
    stopped(export, signal.SIGKILL)
    with workplace(export.temporary, TEMPORARY):  # as the next one does
        pass
    assert export.left() == set()


def test_those_who_hang_up_may_leave_an_export_running(start: Callable[..., Export]) -> None:
    export = start("import time; time.sleep(3)", nohup=True)
    assert until(lambda: export.named("ipykernel_launcher"))
    export.named("export")[0].send_signal(signal.SIGHUP)
    assert export.above.wait() == 0
    assert export.left() == {"reports"}


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_no_browser_outlives_an_export_that_is_stopped(number: signal.Signals, start: Callable[..., Export]) -> None:
    if not CHROMIUM.exists():
        without_browser()
    export = start("1", "--pdf")
    assert until(lambda: export.named("--headless=new"))
    code, _ = stopped(export, number)
    assert code == 128 + number
    if number == signal.SIGKILL:
        assert len(export.left()) == 1
        with workplace(export.temporary, TEMPORARY):  # as the next one does
            pass
    assert export.left() == set()
