"""How reports that nobody had seen were read at first sight: the batches of ``tests/gold/first_sight.csv``, by tens."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

BATCHES = Path(__file__).resolve().parent.parent / "gold" / "first_sight.csv"
SCORES = {
    "strict": "value, unit, measure and role all right (F1)",
    "place": "place right",
    "period": "period right",
    "comparisons": "comparisons (F1)",
}
COUNTRIES = "other countries"
TEN = 10


def batches() -> pd.DataFrame:
    """A row for each batch, with ``group``: what it is summed up with, named as the README names it."""
    rows = pd.read_csv(BATCHES)
    made = rows.groupby("made")["made"]
    each = zip(rows["made"], rows["drawn"], made.cumcount(), made.transform("size"), strict=True)
    rows["group"] = [_group(made, str(drawn), number, all_) for made, drawn, number, all_ in each]  # no note is "nan"
    return rows


def table() -> str:
    """The scores as a Markdown table: of each group of batches their mean, and the lowest and the highest."""
    lines = [f"| batches | reports | {' | '.join(SCORES.values())} |", "|---|---|" + "---|" * len(SCORES)]
    for group, rows in batches().groupby("group", sort=False):
        cells = [f"{rows[key].mean():.2f} ({rows[key].min():.2f}–{rows[key].max():.2f})" for key in SCORES]
        lines.append(f"| {group} | {rows['reports'].sum():,} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _group(made: str, drawn: str, number: int, all_: int) -> str:
    if made == "excerpts":
        return f"excerpts, of {COUNTRIES}" if COUNTRIES in drawn else "excerpts"
    first = number // TEN * TEN + 1
    return f"{made}, {first} to {min(first + TEN - 1, all_)}"
