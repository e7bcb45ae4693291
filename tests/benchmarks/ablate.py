"""What each row of the data files holds: ``python tests/benchmarks/ablate.py [FILE ...]``, as ``cues/role_cues``.

Switches off one row after the other and reads the seeds and the invented reports without it. Prints, for each row, how
many figures change, and how many cells more or fewer disagree with the gold. A row that changes none is held by its
example alone: keep it where its words are plainly such as reports use, else drop it.
"""

from __future__ import annotations

import csv
import importlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests import score  # noqa: E402

FILES = ("cues/measure_cues", "cues/role_cues", "cues/heading_cues", "cues/wholes", "numbers/exclusions")
GOLD = ROOT / "tests" / "gold"
SETS = ((ROOT / "seeds", GOLD / "seeds"), (GOLD / "invented", GOLD / "invented"))

# Columns that say where a figure stands in its report, or which row decided.
NOT_READ = ("figure_id", "start", "end", "sentence", "sentence_start", "measure_cue", "role_cue", "doubt")

Figures = dict[tuple[str, str], dict[str, str]]


def without(file: str, n: int) -> ModuleType:
    """The library, loaded anew without the n-th row of a file."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "analysis"]:
        del sys.modules[name]
    package = sys.modules["analysis"] = ModuleType("analysis")
    package.__path__ = [str(ROOT / "analysis")]
    lexicon: Any = importlib.import_module("analysis.lexicon")  # alone: nothing has read a row yet
    whole = lexicon.rows
    lexicon.rows = lambda asked: tuple(_switched_off(asked, n, whole(asked))) if asked == file else whole(asked)
    del sys.modules["analysis"]
    return importlib.import_module("analysis")


def _switched_off(file: str, n: int, rows: tuple[dict[str, str], ...]) -> Iterator[dict[str, str]]:
    for k, row in enumerate(rows):
        if k != n:
            yield row
        elif file == "cues/phrases":  # looked up by name: it stays, and never fits
            yield row | {"pattern": "(?!)"}
        elif "weight" in row:
            yield row | {"weight": "0"}


def read(analysis: ModuleType) -> tuple[Figures, int]:
    """The figures of all reports, and how many of their cells disagree with the gold."""
    found: Figures = {}
    wrong = 0

    def complain(kind: str, *_: object) -> None:
        nonlocal wrong
        wrong += len(kind.removeprefix("wrong ").split(","))

    for reports, gold in SETS:
        table = analysis.extract_figures(analysis.read(reports))
        rows = list(csv.DictReader(io.StringIO(table.to_csv(index=False))))
        texts = {path.stem: path.read_bytes().decode("utf-8") for path in reports.glob("*.txt")}
        score.score_figures(rows, score.rows(gold / "figures.csv"), texts, complain)
        found |= {(row["report"], row["start"]): row for row in rows}
    return found, wrong


def changed(one: Figures, other: Figures) -> int:
    """How many figures stand in one table alone, or differ in what was read of them."""
    bare = [
        {at: {k: v for k, v in row.items() if k not in NOT_READ} for at, row in each.items()} for each in (one, other)
    ]
    return sum(bare[0].get(at) != bare[1].get(at) for at in one.keys() | other.keys())


def main(files: list[str]) -> None:
    """Print what each row of some files holds."""
    whole, wrong = read(importlib.import_module("analysis"))
    for file in files or FILES:
        with (ROOT / "analysis" / "data" / f"{file}.csv").open(encoding="utf-8", newline="") as handle:
            names = [" ".join(list(row.values())[:2])[:40] for row in csv.DictReader(handle)]
        for n, name in enumerate(names):
            figures, now = read(without(file, n))
            print(f"{file}  {name:40}  {changed(whole, figures):4} figures  {now - wrong:+4} cells wrong", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
