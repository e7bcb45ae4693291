"""The findings: what does not add up in a report, and what is worth a reader's doubt.

``audit`` takes the tables and gives the findings; the functions behind it take a few written numbers each:

>>> attainment_grain(171, "58.7").explanation
'58.7% is 171/291 with further digits cut off rather than rounded'
>>> part_whole_share("524", "2744", "19.1", rounding="half_up").ok
True

Every rule stands with its reason in ``data/checks/checks.csv``. A rule follows the links of the figures table and says
nothing where they are missing: a false accusation is worse than a miss. Before anything is called an error, other
readings are tried in a fixed order (see ``readings``); where one fits, the finding is a warning that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

import pandas as pd

from analysis import schema
from analysis.checks import (
    across,
    averages,
    changes,
    classes,
    comparatives,
    conversions,
    gaps,
    limits,
    multiples,
    one_base,
    parallel,
    rates,
    remainders,
    shares,
    sums,
    targets,
    unlinked,
    wholes,
)
from analysis.checks.arithmetic import (
    attainment,
    change,
    class_base,
    class_sum,
    complement,
    margin,
    part_whole_share,
    pp_or_percent,
    rate,
    sum_total,
)
from analysis.checks.findings import RULES, Finding, Recomputation, Rule, gathered
from analysis.checks.grim import attainment_grain, mean_grain, share_grain
from analysis.checks.implied import implied_round_target, implied_target, two_setters
from analysis.checks.ordering import (
    bounds,
    conflict,
    excellent_cap,
    over_whole,
    scale,
    target_below_result,
    unnamed_misses,
    wording,
)
from analysis.checks.results import Result
from analysis.checks.sheet import Sheet, sheets
from analysis.checks.weighted import attainment_of_whole, growth_of_whole, margin_of_whole
from analysis.comparison.figure import Figure
from analysis.intervals import HALVES, ROUNDINGS, Interval, Widths

__all__ = [
    "CHECKS",
    "HALVES",
    "ROUNDINGS",
    "RULES",
    "Interval",
    "Result",
    "Rule",
    "attainment",
    "attainment_grain",
    "attainment_of_whole",
    "audit",
    "bounds",
    "change",
    "class_base",
    "class_sum",
    "complement",
    "conflict",
    "excellent_cap",
    "growth_of_whole",
    "implied_round_target",
    "implied_target",
    "margin",
    "margin_of_whole",
    "mean_grain",
    "over_whole",
    "part_whole_share",
    "pp_or_percent",
    "rate",
    "scale",
    "share_grain",
    "sum_total",
    "target_below_result",
    "two_setters",
    "unnamed_misses",
    "wording",
]


def _shares(sheet: Sheet) -> Iterator[Recomputation]:
    """Shares in class lists first, by their own bases; then all others."""
    listed = {share.figure_id for one in classes.class_lists(sheet) for share in one.shares}
    yield from classes.listed_share(sheet)
    yield from shares.part_whole_share(sheet, listed)
    yield from parallel.shares_beside(sheet)


def _sums(sheet: Sheet) -> Iterator[Recomputation]:
    """Parts that make up their whole, then what stands beside each of them."""
    yield from sums.sum_total(sheet)
    yield from parallel.sum_beside(sheet)


def _bounds(sheet: Sheet) -> Iterator[Recomputation]:
    """Ranks and scores by the bounds that the report gives, criteria by those of their standard."""
    yield from limits.bounds(sheet)
    yield from limits.criteria(sheet)


def _complement(sheet: Sheet) -> Iterator[Recomputation]:
    """What is done and what is in progress, or left, make up what there was to do."""
    yield from remainders.complement(sheet)
    yield from remainders.remainder(sheet)


def _class_sum(sheet: Sheet) -> Iterator[Recomputation]:
    """Class lists, which must add up to 100%, and other lists of shares that do."""
    yield from classes.class_sum(sheet)
    yield from wholes.class_sum(sheet)


# The checks that look at one report at a time, by their id in checks.csv.
CHECKS: dict[str, Callable[[Sheet], Iterable[Recomputation]]] = {
    "part_whole_share": _shares,
    "share_grain": shares.share_grain,
    "attainment_grain": targets.attainment_grain,
    "attainment": targets.attainment,
    "margin": targets.margin,
    "change": changes.change,
    "multiple": multiples.multiple,
    "conversion": conversions.conversion,
    "rate": rates.rate,
    "sum_total": _sums,
    "growth_of_whole": wholes.growth_of_whole,
    "attainment_of_whole": wholes.attainment_of_whole,
    "margin_of_whole": wholes.margin_of_whole,
    "mean_of_parts": averages.mean_of_parts,
    "share_of_amounts": wholes.share_of_amounts,
    "class_sum": _class_sum,
    "class_base": classes.class_base,
    "complement": _complement,
    "over_whole": shares.over_whole,
    "bounds": _bounds,
    "scale": limits.scale,
    "wording": comparatives.wording,
    "pp_or_percent": changes.pp_or_percent,
    "two_setters": targets.two_setters,
    "excellent_cap": limits.excellent_cap,
    "implied_round_target": targets.implied_round_target,
}


# The checks that recompute a per cent itself; what they leave alone is looked up without links.
PER_CENTS = frozenset({"part_whole_share", "share_of_amounts", "attainment", "change"})

OfEach = tuple[list[Recomputation], list[tuple[across.Key, Figure]], dict[str, Figure]]
"""What ``of_each`` returns."""


class Findings(pd.DataFrame):
    """The table of findings, with that of all recomputations; what is cut or copied from it is a plain table."""

    _metadata: ClassVar[list[str]] = ["recomputations"]
    recomputations: pd.DataFrame

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame


def audit(
    figures: pd.DataFrame,
    comparisons: pd.DataFrame | None = None,
    claims: pd.DataFrame | None = None,
    outlook: pd.DataFrame | None = None,
    *,
    widths: Widths | None = None,
) -> Findings:
    """The findings table: what does not add up, by report and in the order of the text.

    All that could be recomputed, agreeing or not, is in ``recomputations`` of what is returned; a finding has the id of
    the recomputation that it comes from.

    Args:
        figures: the figures table, of any number of reports; or one typed by hand, of which only ``figure_id``,
            ``value`` and ``measure`` are needed, with links in ``about`` and ``part_of`` (see ``hand_typed``).
        comparisons: targets against results, for the targets that were missed without being named.
        claims: claims of success without a figure: report, place, start, end, quote.
        outlook: later targets against the latest results, for targets below what has been reached.
        widths: how far rounding words on results reach below and above, in units of the last significant digit, as
            ``{"over": (0, 2)}``; those not given are as in ``data/numbers/widths.csv``.

    Raises:
        ValueError: the figures table lacks a column or holds a word that the vocabulary does not know.

    >>> audit(schema.empty("figures")).empty
    True
    >>> typed = pd.DataFrame({"figure_id": ["part", "whole", "share"], "value": ["524", "2847", "19.1"],
    ...     "measure": ["amount", "amount", "share"], "part_of": ["whole", "", ""], "about": ["", "", "part"]})
    >>> audit(typed)["message"].tolist()
    ['524 of 2,847 is 18.41%, while the report gives 19.1%.']
    >>> audit(typed.replace("2847", "2744")).recomputations[["stated", "agrees", "arithmetic"]].values.tolist()
    [[19.1, 'yes', '524 of 2,744 is 19.10%, as stated']]
    """
    each = of_each(figures, _ids(comparisons) | _ids(outlook), widths)
    return across_all(each, comparisons, claims, outlook, figures.get("report", ()))


def of_each(figures: pd.DataFrame, wanted: Collection[str] = (), widths: Widths | None = None) -> OfEach:
    """What the checks say of each report by itself, its figures that others may contradict, and the wanted figures.

    Args:
        figures: the figures table.
        wanted: ids of figures.
        widths: as ``audit`` takes them.
    """
    found: list[Recomputation] = []
    totals: list[tuple[across.Key, Figure]] = []
    known: dict[str, Figure] = {}
    for sheet in sheets(figures, widths):
        here = [one for check in CHECKS.values() for one in check(sheet)]
        fitting = list(unlinked.fitting(sheet, {one.figure.figure_id for one in here if one.check in PER_CENTS}))
        stated = {one.figure.figure_id for one in fitting if one.check == "attainment"}  # so the target is, too
        found += [one for one in here if one.check != "implied_round_target" or one.figure.figure_id not in stated]
        found += fitting
        redone = {one.figure.figure_id for one in (*here, *fitting)}
        found += gaps.fitting(sheet, redone)
        found += one_base.fitting(sheet, redone)
        found.extend(across.told_twice(sheet))
        totals.extend(across.totals(sheet))
        known |= {one: figure for one, figure in sheet.by_id.items() if one in wanted}
    return found, totals, known


def across_all(
    each: OfEach,
    comparisons: pd.DataFrame | None,
    claims: pd.DataFrame | None,
    outlook: pd.DataFrame | None,
    reports: Iterable[str],
) -> Findings:
    """What ``audit`` returns, from what the checks said of each report.

    Args:
        each: what ``of_each`` returned, with all figures that the comparisons and the outlook rest on.
        comparisons: as ``audit`` takes them.
        claims: as ``audit`` takes them.
        outlook: as ``audit`` takes it.
        reports: their ids, in the order in which they are to be told; as often as one likes.
    """
    found, totals, known = each
    between = [*across.conflicts(totals), *across.target_below_result(across.rows(outlook, known))]
    named = across.unnamed_misses(across.rows(comparisons, known))
    return told([*found, *named], between, claims, list(dict.fromkeys(reports)))


def told(
    found: Sequence[Recomputation],
    between: Sequence[Recomputation] = (),
    claims: pd.DataFrame | None = None,
    reports: Sequence[str] = (),
) -> Findings:
    """The findings table, from what the checks said.

    Args:
        found: of the reports by themselves; a muddled list is told at once.
        between: of figures of several reports, which are no list.
        claims: as ``audit`` takes them.
        reports: their ids, in the order in which they are to be told.
    """
    both, order = [*found, *between], {report: number for number, report in enumerate(reports)}
    rows = [one.finding for part in (found, between) for one in gathered(one for one in part if not one.result.ok)]
    rows += across.unsupported_claim(claims)
    starts = {one.figure.figure_id: one.figure.start for one in both}
    findings = Findings(_table("findings", rows, order, starts))
    findings.recomputations = _table("recomputations", [one.row for one in both if one.recomputes], order, starts)
    return findings


def _ids(table: pd.DataFrame | None) -> set[str]:
    return set() if table is None else {one for ids in table["figure_ids"] for one in ids or ()}


def _table(name: str, rows: Iterable[Finding], order: Mapping[str, int], starts: Mapping[str, int]) -> pd.DataFrame:
    """The rows of a table once each, by report, place in the text and check."""
    once = {next(iter(row.values())): row for row in reversed(list(rows))}
    rank = {check: n for n, check in enumerate(RULES)}

    def place(row: Finding) -> tuple[int, int, int]:
        start = starts[row["figure_ids"][0]] if row["figure_ids"] else row["start"]
        return order.get(row["report"], len(order)), start, rank[row["check"]]

    places = {one: place(row) for one, row in once.items()}
    return schema.frame(name, [once[one] for one in sorted(once, key=lambda one: places[one])])
