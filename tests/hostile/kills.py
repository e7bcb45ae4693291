"""Runs killed at random moments: ``python -m tests.hostile.kills export 200``; what is left, what the next run makes.

The output folder holds whole files at any time, none that was there before is missing, and after the next run nothing
of the killed ones is left: no process, no temporary file.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pandas as pd
import psutil

from tests import ROOT
from tests.browser import write_notebook

MARK = "ANALYSIS_TEST_OF_KILLS"
TEXT = "Xa An\n28/12/2023\nIn 2023 Xa An district planted 9 hectares, 90% of the plan.\n"
CELLS = ["# A", ('REPORTS = ""', "parameters"), "import analysis\nanalysis.tabulate(analysis.read(REPORTS)).figures"]


class Runs:
    """Runs of one command, which write into one folder."""

    def __init__(self, folder: Path, command: str) -> None:
        self.folder, self.out, self.temporary = folder, folder / "out", folder / "temporary"
        for name in ("seeds", "temporary"):
            (folder / name).mkdir()
        for name in ("a", "b"):
            (folder / "seeds" / f"{name}.txt").write_text(f"{TEXT}\n\nThis is {name}.", encoding="utf-8")
        write_notebook(folder / "notebooks" / "a.ipynb", CELLS)
        given = ["seeds", "--force"] if command == "tabulate" else []
        self._line = [sys.executable, "-m", "analysis", command, *given, "--to", "out"]

    def start(self, mark: str = "") -> subprocess.Popen[bytes]:
        """Start one."""
        places = {"TMPDIR": str(self.temporary), "JUPYTER_RUNTIME_DIR": str(self.temporary)}
        environment = {**os.environ, **places, "PYTHONPATH": str(ROOT), MARK: mark}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(self._line, cwd=self.folder, env=environment, **quiet)

    def damage(self, names: set[str]) -> list[str]:
        """Return what is wrong with the files, of which none of the names may be missing."""
        wrong = [f"{name} is missing" for name in sorted(names - {path.name for path in self.out.iterdir()})]
        readers = {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".html": _read_page}
        for path in (path for path in self.out.iterdir() if path.suffix in readers):
            try:
                readers[path.suffix](path)
            except Exception as error:
                wrong.append(f"{path.name}: {error}")
        return wrong

    def left(self) -> list[str]:
        """Return the temporary files."""
        hidden = [path.name for path in self.out.iterdir() if path.name.startswith(".")]
        return [*hidden, *(path.name for path in self.temporary.iterdir())]


def kills(folder: Path, command: str, times: int, seed: int = 0) -> list[str]:
    """Return what went wrong when so many runs were killed."""
    rng, runs, wrong = random.Random(seed), Runs(folder, command), []
    started = time.monotonic()
    if runs.start().wait():
        return ["the first run failed"]
    whole, names = time.monotonic() - started, {path.name for path in runs.out.iterdir()}
    for _ in range(times):
        mark = uuid4().hex
        run = runs.start(mark)
        with suppress(subprocess.TimeoutExpired):
            run.wait(rng.uniform(0, whole))
        run.send_signal(signal.SIGKILL)
        run.wait()
        wrong += [f"outlived by {name}" for name in _alive(mark)] + runs.damage(names)
    if runs.start().wait():
        wrong.append("the next run failed")
    return [*wrong, *runs.damage(names), *(f"{name} is left" for name in runs.left())]


def _read_page(path: Path) -> None:
    if not path.read_text(encoding="utf-8").rstrip().endswith("</html>"):
        raise ValueError("cut off")


def _alive(mark: str, patience: float = 10.0) -> list[str]:
    """Return the commands of those that still run after a while."""
    deadline = time.monotonic() + patience
    while True:
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        if not found or time.monotonic() > deadline:
            return [process.name() for process in found]
        time.sleep(0.05)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kills-") as place:
        told = kills(Path(place), sys.argv[1], int(sys.argv[2]))
    print(*told or ["nothing went wrong"], sep="\n")
    sys.exit(bool(told))
