"""Reports in, their texts as they were read out, as files: any figure can be looked up, whatever it came from.

``analysis.read`` reads that folder again, with the same names, texts and settings.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tomlkit

from analysis.reading import settings
from analysis.reading.documents import TEXTS
from analysis.reading.files import write_whole
from analysis.reading.report import Report

__all__ = ["keep_texts"]

_HEAD = "The texts as they were read, and what was known of each; the offsets in the tables point into them."


def keep_texts(reports: Iterable[Report], folder: Path) -> Path:
    """Write the text of each report, and a ``reports.toml``; texts that an earlier run left there are removed.

    Args:
        reports: what ``read`` returned.
        folder: where the folder ``texts`` goes.

    Returns:
        The folder of the texts.
    """
    texts = folder / TEXTS
    texts.mkdir(parents=True, exist_ok=True)
    before, _ = settings.of_folder(texts)
    listed = tomlkit.aot()
    for report in reports:
        name = f"{report.id.replace('/', '-')}.txt"
        write_whole(texts / name, report.text.encode())
        listed.append(_entry(report, name))
        before.pop(name, None)
    for name in before:
        (texts / Path(name).name).unlink(missing_ok=True)
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEAD))
    document.add("report", listed)
    write_whole(texts / settings.FILE, tomlkit.dumps(document).encode())
    return texts


def _entry(report: Report, name: str) -> tomlkit.items.Table:
    entry = tomlkit.table()
    entry["file"] = name
    if report.date:
        entry["date"] = report.dated or report.date.isoformat()
    if report.period:
        entry["period"] = settings.as_period(*report.period)
    for key in ("source", "address", "language"):
        if value := getattr(report, key):
            entry[key] = value
    if report.places:
        places = tomlkit.array()
        for place in report.places:
            one = tomlkit.inline_table()
            one.update({part: value for part, value in vars(place).items() if value})
            places.append(one)
        entry["places"] = places
    return entry
