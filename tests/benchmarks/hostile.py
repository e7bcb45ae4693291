"""What texts cost that are hard to read: ``python tests/benchmarks/hostile.py [--length N] [--to M] [NAME...]``.

Prints one row for each unit of ``tests/cases/hostile/repeated.json``, repeated to a file of 100,000 characters: the
seconds of the processor from the file to all tables, how many times those of ordinary text of that length they are,
the memory, and the tables or the reason for which it is not read. With ``--to 2000000``, what each costs at that length
too, and how much more that is for a character. Whether work grows faster than a text is tested by counting, not by a
clock: ``tests/hostile/test_growth.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.hostile.texts import long_text, ordinary, repeated  # noqa: E402

LENGTH = 100_000
MOST = 3.0  # times the seconds of ordinary text
PATIENCE = 1800  # seconds
ORDINARY = "ordinary text"


def cost(path: Path) -> dict[str, Any]:
    """Return what it costs to read the reports of a folder to all tables."""
    import analysis

    analysis.tabulate("In 2023 it planted 9 trees.")  # reads the vocabularies
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    start = time.process_time()
    tables = analysis.tabulate(analysis.read(path))
    told = [failure.reason for failure in tables.reports.failed] or [repr(tables).strip("<>")]
    seconds = time.process_time() - start
    return {"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "told": told[0]}


def measured(text: str) -> dict[str, Any]:
    """Return what a text costs as a file, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "x.txt").write_text(text, encoding="utf-8")
        (Path(folder) / "reports.toml").write_text('[[report]]\nfile = "x.txt"\nlanguage = "en"\n', encoding="utf-8")
        line = [sys.executable, __file__, "--one", folder]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"seconds": PATIENCE, "mb": 0, "told": (done.stderr.strip().splitlines() or ["stopped"])[-1]}
    return dict(json.loads(done.stdout))


def made(name: str, length: int) -> str:
    """Return the text of a name: nothing but a unit, or ordinary text."""
    return ordinary(length) if name == ORDINARY else long_text(name, length)


def least(name: str, length: int) -> dict[str, Any]:
    """Return the least that a text costs in three runs, as others may use the computer too."""
    return min((measured(made(name, length)) for _ in range(3)), key=lambda one: float(one["seconds"]))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What texts cost that are hard to read.")
    parser.add_argument("names", nargs="*", help="of units; without any, all of them")
    parser.add_argument("--length", type=int, default=LENGTH)
    parser.add_argument("--to", type=int, help="a length to grow to")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(cost(given.one)))
        return
    usual, over = least(ORDINARY, given.length)["seconds"], 0
    print("| repeated | seconds | times ordinary | MB | to 20 times the length | outcome |\n|---|--:|--:|--:|--:|---|")
    for name in given.names or [ORDINARY, *repeated()]:
        one, grown = measured(made(name, given.length)), ""
        if one["seconds"] > MOST * usual:
            one, usual = least(name, given.length), min(usual, least(ORDINARY, given.length)["seconds"])
        if given.to:
            long = measured(made(name, given.to))
            each = long["seconds"] / one["seconds"] * given.length / given.to
            grown = f"{long['seconds']:.1f} s, {each:.2f} a character, {long['mb']} MB"
        times = one["seconds"] / usual
        over += times > MOST
        print(f"| {name} | {one['seconds']:.2f} | {times:.1f} | {one['mb']} | {grown} | {one['told']} |", flush=True)
    print(f"\n{over} of them cost more than {MOST:g} times ordinary text.")


if __name__ == "__main__":
    main()
