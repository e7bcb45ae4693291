"""What the columns and the indicators of the tables mean, for those who get the tables without this library.

>>> [column.name for column in columns("findings")][:3]
['finding_id', 'report', 'place']
>>> indicators()[0]["label"]
'New Party members admitted'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis.lexicon import rows
from analysis.schema import OUTLOOK_VERDICTS, TABLES, VERDICTS, VOCABULARIES

__all__ = ["INDICATOR", "TITLES", "Column", "columns", "indicators"]

TITLES = {
    "figures": "Every figure that the reports state",
    "comparisons": "Targets set against results",
    "outlook": "Later targets beside the latest results",
    "findings": "What does not add up, or is worth a doubt",
    "recomputations": "Every arithmetic statement that the reports let one redo",
}
INDICATOR = {
    "id": "the indicator's id in the tables",
    "label": "what it is called",
    "sector": "what it belongs to",
    "unit": "the unit that it is usually told in",
    "direction": "whether higher or lower is better, where that is known",
}


@dataclass(frozen=True)
class Column:
    """A column of a table: its dtype in pandas, what it means, an example, and the words that it may hold, if few."""

    name: str
    dtype: str
    meaning: str
    example: str
    words: tuple[str, ...] = ()


def columns(table: str) -> list[Column]:
    """The columns of a table, in its order."""
    known = _known()
    return [
        Column(name, dtype, known[name]["why"], known[name]["holds"], _words(table, name))
        for name, dtype in TABLES[table].items()
    ]


def indicators() -> list[dict[str, str]]:
    """The indicators that the column ``indicator`` names."""
    return [{name: row[name] for name in INDICATOR} for row in rows("indicators/indicators")]


def _words(table: str, name: str) -> tuple[str, ...]:
    if name == "verdict":
        return OUTLOOK_VERDICTS if table == "outlook" else VERDICTS
    return tuple(word for word in VOCABULARIES.get(name, ()) if word)


@cache
def _known() -> dict[str, dict[str, str]]:
    return {row["column"]: row for row in rows("tables/columns")}
