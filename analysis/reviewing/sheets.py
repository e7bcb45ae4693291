"""A workbook in which a person corrects figures, and what was entered there as corrections.

The sheet ``review`` has a row per figure with its sentence; ``as read``, which is hidden, has the same figures as the
library read them: what differs between the two is a correction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.extras import needed
from analysis.reading.reports import Reports
from analysis.reviewing.corrections import (
    COLUMNS,
    Correction,
    ReviewError,
    as_cell,
    checked,
    digest,
    same_cell,
    text_of,
)
from analysis.schema import VOCABULARIES
from analysis.writing.codebook import indicators
from analysis.writing.workbook import fill

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Taken", "as_review", "taken"]

REVIEW, AS_READ, WORDS, HOW = "review", "as read", "words", "how"
RIGHT, STRIKE = "right", "strike"
_SHOWN = ("figure_id", "sentence", "quote", *COLUMNS, "doubt", "mark", "why", "who")
_HIDDEN = ("figure_id", *COLUMNS, "text", "report", "start", "end", "quote")
_FREE = ("unit", "place", "about")  # drop-downs that offer words, and take others too
_HELP = (
    "Each row of the sheet review is a figure with its sentence. Where a cell is wrong, put what is right into it.",
    "role, measure, indicator, unit and place offer what they may be; about takes the figure_id of another figure of "
    "the report: that of the result, in the row of its target, pairs the two.",
    "mark: right where all is right as it stands, strike where the row is no figure at all.",
    "why and who are kept beside the correction; leave who empty if all are yours.",
    "Save the workbook, and have it taken by: analysis review FOLDER --take this-workbook.xlsx",
)


@dataclass(frozen=True)
class Taken:
    """What was entered in a workbook: the corrections, and the reports whose text has changed since it was written."""

    corrections: tuple[Correction, ...]
    changed: tuple[str, ...]


def as_review(figures: pd.DataFrame, reports: Reports, corrections: Iterable[Correction]) -> bytes:
    """The workbook as a file, with the corrections that there are filled in.

    Args:
        figures: as extracted, without corrections.
        reports: those that the figures are from.
        corrections: to be shown in their cells.

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    book = needed("openpyxl", "office").Workbook()
    texts = {report.id: digest(report.text) for report in reports}
    known = {one.key: one for one in corrections}
    records = _records(figures, texts)
    shown = [record | _told(known.get((record["text"], record["start"], record["end"])), record) for record in records]
    review = book.active
    review.title = REVIEW
    fill(review, _SHOWN, shown)
    fill(book.create_sheet(AS_READ), _HIDDEN, records).sheet_state = "hidden"
    _offer(book, review, records)
    fill(book.create_sheet(HOW), ["what to do"], [{"what to do": line} for line in _HELP])
    book[HOW].column_dimensions["A"].width = 140
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def taken(path: Path, reports: Reports, before: Iterable[Correction], who: str, today: dt.date) -> Taken:
    """All corrections after what was entered in a workbook; those of figures that are not in it stay.

    Args:
        path: of the workbook.
        reports: as they are now.
        before: the corrections until now.
        who: whose the corrections are where the workbook does not say so.
        today: when they are taken; one that has not changed keeps its day.

    Raises:
        ReviewError: it is no such workbook, or a cell makes no sense.
    """
    read, entered = _opened(path)
    texts = {digest(report.text) for report in reports}
    known = {one.key: one for one in before}
    names = [row["id"] for row in indicators()]
    changed: dict[str, None] = {}
    for row, cells in entered:
        was = read.get(text_of(cells["figure_id"]))
        if was is None:
            continue
        key = text_of(was["text"]), int(was["start"]), int(was["end"])
        if key[0] not in texts:
            changed[text_of(was["report"])] = None
            continue
        told = _entered(cells, was, names, f"{path}, row {row}")
        old = known.pop(key, None)
        if told is None:
            continue
        text, start, end = key
        one = Correction(text, start, end, text_of(was["quote"]), text_of(was["report"]), **told)
        one = replace(one, who=one.who or (old.who if old else "") or who)
        same = old is not None and replace(one, when=old.when) == old
        known[key] = old if same and old else replace(one, when=today)
    ordered = sorted(known.values(), key=lambda one: (one.report, one.text, one.start))
    return Taken(tuple(ordered), tuple(changed))


def _records(figures: pd.DataFrame, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The figures as rows of the workbook, by report."""
    rows = figures.astype({"figure_id": "object"}).sort_values(["report", "start"], kind="stable").to_dict("records")
    return [{str(name): cell for name, cell in row.items()} | {"text": texts[row["report"]]} for row in rows]


def _told(one: Correction | None, record: Mapping[str, Any]) -> dict[str, Any]:
    """What a correction puts into the row."""
    if one is None:
        return {"mark": "", "why": "", "who": ""}
    cells: dict[str, Any] = dict(one.cells)
    if cells.get("about", "") != "":
        cells["about"] = f"{record['report']}:{cells['about']}"
    settled = all(same_cell(record[name], cell) for name, cell in cells.items())  # the library reads it so by now
    mark = STRIKE if one.strike else RIGHT if one.right or settled else ""
    return {**cells, "mark": mark, "why": one.why, "who": one.who}


def _offer(book: Workbook, review: Worksheet, records: Sequence[Mapping[str, Any]]) -> None:
    """Drop-downs with the words that a column may hold; of figures to pair with, those of the report."""
    validation = needed("openpyxl.worksheet.datavalidation", "office").DataValidation
    offered = {
        "role": list(VOCABULARIES["role"]),
        "measure": list(VOCABULARIES["measure"]),
        "indicator": [row["id"] for row in indicators()],
        "unit": _occurring(records, "unit"),
        "place": _occurring(records, "place"),
        "mark": [RIGHT, STRIKE],
    }
    longest = max(map(len, offered.values()))
    rows = [{name: (words[n] if n < len(words) else "") for name, words in offered.items()} for n in range(longest)]
    words = fill(book.create_sheet(WORDS), list(offered), rows)
    words.sheet_state = "hidden"
    if not records:
        return
    for at, (name, listed) in enumerate(offered.items(), start=1):
        letter = words.cell(1, at).column_letter
        if listed:
            source = f"='{WORDS}'!${letter}$2:${letter}${len(listed) + 1}"
            _restrict(review, validation, name, source, 2, len(records) + 1)
    first = 2
    for _, group in groupby(records, key=lambda record: record["report"]):
        last = first + len(list(group)) - 1
        _restrict(review, validation, "about", f"='{AS_READ}'!$A${first}:$A${last}", first, last)
        first = last + 1


def _restrict(sheet: Worksheet, validation: Any, name: str, source: str, first: int, last: int) -> None:
    letter = sheet.cell(1, _SHOWN.index(name) + 1).column_letter
    offer = validation(type="list", formula1=source, allow_blank=True, showErrorMessage=name not in _FREE)
    offer.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(offer)


def _occurring(records: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    return sorted({text_of(record[name]) for record in records} - {""})


def _opened(path: Path) -> tuple[dict[str, dict[str, Any]], list[tuple[int, dict[str, Any]]]]:
    """The figures as read, by their ids, and the rows as entered, with their numbers."""
    openpyxl = needed("openpyxl", "office")
    try:
        book = openpyxl.load_workbook(path, data_only=True)
        read, entered = list(_rows(book[AS_READ], _HIDDEN)), list(_rows(book[REVIEW], _SHOWN))
    except FileNotFoundError:
        raise
    except Exception as error:  # a broken workbook fails in many ways
        raise ReviewError(f"{path} is no workbook that `analysis review` wrote ({error}).") from None
    return {text_of(row["figure_id"]): row for _, row in read}, entered


def _rows(sheet: Worksheet, names: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a sheet with their numbers, whatever the order of its columns."""
    lines = sheet.iter_rows(values_only=True)
    head = list(next(lines))
    places = {name: head.index(name) for name in names}
    for number, line in enumerate(lines, start=2):
        if any(cell is not None for cell in line):
            yield number, {name: line[at] for name, at in places.items()}


def _entered(
    cells: Mapping[str, Any], was: Mapping[str, Any], names: Sequence[str], where: str
) -> dict[str, Any] | None:
    """What a row says of its figure; nothing where it was left alone.

    Raises:
        ReviewError: a cell makes no sense.
    """
    mark = text_of(cells["mark"]).casefold()
    if mark not in ("", RIGHT, STRIKE):
        raise ReviewError(f"{where}: the mark {mark!r} is none; it may be {RIGHT} or {STRIKE}.")
    changed = {name: cells[name] for name in COLUMNS if not same_cell(cells[name], was[name])}
    told = []
    for name, cell in changed.items() if mark != STRIKE else ():
        try:
            told.append((name, checked(name, as_cell(name, cell, text_of(was["report"])), names)))
        except ReviewError as error:
            raise ReviewError(f"{where}, {name}: {error}.") from None
    if not told and not mark:
        return None
    return {
        "cells": tuple(told),
        "strike": mark == STRIKE,
        "right": mark == RIGHT and not told,
        "who": text_of(cells["who"]),
        "why": text_of(cells["why"]),
    }
