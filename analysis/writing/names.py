"""The forms that tables can be written in, and the names of the files that each consists of.

>>> files_of(["xlsx", "iati"])
['tables.xlsx', 'results.json']
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.schema import TABLES

__all__ = ["DESCRIPTOR", "FORMS", "RESULTS", "USUAL", "WORKBOOK", "files_of"]

FORMS = ("csv", "parquet", "xlsx", "package", "iati")
USUAL = ("csv", "parquet")
WORKBOOK, RESULTS, DESCRIPTOR = "tables.xlsx", "results.json", "datapackage.json"


def files_of(forms: Iterable[str]) -> list[str]:
    """The names of the files that are written."""
    packaged = [*(f"{name}.csv" for name in TABLES), "indicators.csv", DESCRIPTOR]
    each = {
        "csv": packaged[: len(TABLES)],
        "parquet": [f"{name}.parquet" for name in TABLES],
        "xlsx": [WORKBOOK],
        "package": packaged,
        "iati": [RESULTS],
    }
    return list(dict.fromkeys(name for form in forms for name in each[form]))
