"""How long an export takes beside what Jupyter takes by itself: ``python tests/benchmarks/export.py [TIMES]``.

Prints, for each round, the seconds that bare ``nbconvert --execute`` takes for a notebook that imports pandas and
matplotlib and does nothing, and for the project's own notebooks, and the seconds of ``analysis export`` on the seeds,
which also makes the pages of reports and places; then the median ratios of the export to both. All run back to back,
because what else a machine does changes from minute to minute.

With ``--size 2000`` so many generated reports are exported instead, and it prints what that took: seconds by the clock
and of processors, the most memory of a process, the pages and the largest of them.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.corpus_generator import generate, write  # noqa: E402

GOAL = 1.5
# nbconvert loads every exporter that is installed before it starts; bare means without this project's own.
BARE = """
import nbconvert.exporters.base as base
everyone = base.entry_points
base.entry_points = lambda **group: [e for e in everyone(**group) if not e.value.startswith("analysis.")]
from nbconvert.nbconvertapp import main
main()
"""


def seconds(*command: str | Path) -> float:
    """How long a command takes; what it says is of no interest."""
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def sized(number: int) -> None:
    """Print what the export of so many generated reports takes; the copies among them are told as not read."""
    with tempfile.TemporaryDirectory() as folder:
        texts, pages = Path(folder, "texts"), Path(folder, "pages")
        texts.mkdir()
        write(generate(number), texts)
        start = time.perf_counter()
        command = [sys.executable, "-m", "analysis", "export", str(texts), "--to", str(pages), "--quiet"]
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
        taken, used = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        sizes = [page.stat().st_size for page in pages.glob("*.html")]
        print(
            f"{number:,} reports: {taken:.0f} s by the clock, {used.ru_utime + used.ru_stime:.0f} s of processors, "
            f"{used.ru_maxrss / 1000:.0f} MB at most; {len(sizes):,} pages, the largest {max(sizes) / 1e6:.2f} MB"
        )


def main(times: int) -> None:
    """Print the rounds and the median."""
    to_least, to_same = [], []
    own = sorted((ROOT / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "empty.ipynb")
        cell = new_code_cell("import pandas\nimport matplotlib.pyplot")
        nbformat.write(new_notebook(cells=[cell]), empty)
        bare = ("-c", BARE, "--execute", "--to", "html", "--output-dir", Path(folder, "bare"))
        for _ in range(times):
            least, same = seconds(*bare, empty), seconds(*bare, *own)
            export = seconds("-m", "analysis", "export", "--to", Path(folder, "pages"))
            to_least.append(export / least)
            to_same.append(export / same)
            print(
                f"bare nbconvert {least:5.2f} s, of the same notebooks {same:5.2f} s; export {export:5.2f} s: "
                f"ratios {to_least[-1]:.2f} and {to_same[-1]:.2f}",
                flush=True,
            )
    print(f"median ratios {median(to_least):.2f} (the goal is {GOAL}) and {median(to_same):.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("times", nargs="?", type=int, default=5)
    parser.add_argument("--size", type=int)
    given = parser.parse_args()
    sized(given.size) if given.size else main(given.times)
