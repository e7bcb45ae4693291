"""What the rows behind "so many targets" are: single targets, counts of targets, results beside a second target.

>>> from analysis import schema
>>> rows = [{"report": "r", "subject": "revenue", "achieved": 9.0, "target": target} for target in (8.0, 10.0, 12.0)]
>>> counted_alike(schema.frame("comparisons", rows))
'In 2 a result stands beside a further target.'
"""

from __future__ import annotations

import pandas as pd

from analysis.display.digest import are, which

__all__ = ["counted_alike"]

_COUNTS = "targets_met"  # the indicator of "22 out of 25 targets"
_RESULT = ["report", "place", "subject", "unit", "achieved", "period_start", "period_end"]


def counted_alike(aimed: pd.DataFrame) -> str:
    """How many of the comparisons are no single targets, or no result of their own; empty where all are.

    Args:
        aimed: targets set against results.
    """
    is_count = aimed["indicator"].astype("string").fillna("") == _COUNTS
    single = aimed[~is_count & aimed["achieved"].notna() & (aimed["subject"] != "")]
    again = int(single.duplicated(_RESULT).sum())
    n = int(is_count.sum())
    if len(aimed) == 1 or not n + again:
        return ""
    many = are(n, "is a count of targets, and stands", "are counts of targets, and stand")
    parts = [f"{which(n, len(aimed), 'target')} {many} for many"] if n else []
    parts += [f"in {again:,} {'of the others ' if n else ''}a result stands beside a further target"] if again else []
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]}."
