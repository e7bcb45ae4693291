"""Tables that one process has computed, for others that read the same reports at the same time.

An export computes the tables once; each of its notebooks asks for them again, in a process of its own. The tables are
handed over only where a notebook's reports are the very same, and a notebook changes nothing but its own copy.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable
from dataclasses import astuple, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.reading.reports import Report
    from analysis.tables import Tables

__all__ = ["LENT", "borrow", "lend"]

LENT = "ANALYSIS_TABLES"
"""The environment variable that names the file of an export that is running."""


def lend(reports: Iterable[Report], tables: Tables, path: Path) -> None:
    """Write the tables of the reports to a file that nobody else may write."""
    path.write_bytes(pickle.dumps((_digest(reports), tables), protocol=5))


def borrow(reports: Iterable[Report]) -> Tables | None:
    """The tables of exactly these reports, where an export has computed them and is still running."""
    path = os.environ.get(LENT)
    if not path or not os.path.exists(path):
        return None
    digest, tables = pickle.loads(Path(path).read_bytes())
    return tables if digest == _digest(reports) else None


def _digest(reports: Iterable[Report]) -> str:
    """What the tables follow from: all of each report but where its file lies."""
    return sha256(
        repr([astuple(replace(report, path=None)) for report in reports]).encode("utf-8", "replace")
    ).hexdigest()
