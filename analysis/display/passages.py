"""Findings that share a figure are about one passage: a muddled list of classes is one thing to doubt, not four.

>>> from analysis import schema
>>> found = [("warning", ("r:1", "r:2")), ("error", ("r:9",)), ("warning", ("r:2", "r:3")), ("note", ())]
>>> findings = schema.frame("findings", [{"severity": severity, "figure_ids": ids} for severity, ids in found])
>>> passages(findings)[["severity", "others"]].to_dict("list")
{'severity': ['error', 'warning', 'note'], 'others': [0, 1, 0]}
"""

from __future__ import annotations

import pandas as pd

__all__ = ["by_passage", "passages"]


def by_passage(findings: pd.DataFrame) -> list[pd.DataFrame]:
    """The findings of each passage, the gravest first; passages by their gravest finding, errors first.

    Args:
        findings: the table of that name.
    """
    ordered = findings.sort_values("severity", kind="stable")
    groups: list[tuple[set[str], list[int]]] = []  # the figures of a passage, and its rows
    for row, ids in enumerate(ordered["figure_ids"]):
        figures, rows = set(ids or ()), [row]
        for group in [group for group in groups if group[0] & figures]:
            groups.remove(group)
            figures, rows = figures | group[0], sorted([*group[1], *rows])
        groups.append((figures, rows))
    return [ordered.iloc[rows] for rows in sorted(rows for _, rows in groups)]


def passages(findings: pd.DataFrame) -> pd.DataFrame:
    """The gravest finding of each passage, errors first, with how many ``others`` there are on its figures.

    Args:
        findings: the table of that name.
    """
    groups = by_passage(findings)
    firsts = pd.concat([group.head(1) for group in groups]) if groups else findings
    return firsts.assign(others=[len(group) - 1 for group in groups])
