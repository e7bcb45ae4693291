"""The tables as a Frictionless data package: CSV files, and a ``datapackage.json`` that says what they hold.

Its form is the Data Package standard (https://datapackage.org) in version 1, which every reader of version 2 knows too.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import pandas as pd

from analysis.csv_file import as_csv
from analysis.reading.reports import Reports
from analysis.writing.codebook import INDICATOR, TITLES, Column, columns, indicators
from analysis.writing.names import DESCRIPTOR

__all__ = ["as_package", "zipped"]

_ABOUT = (
    "Figures that reports state, targets set against results, and what does not add up, read by a machine. An "
    "apostrophe stands before text that a spreadsheet would take for a formula. Quotes and sentences are the words of "
    "the reports, which belong to their publishers."
)
_TYPES = {"float64": "number", "int64": "integer", "datetime64[ns]": "date", "boolean": "boolean"}
_NO_LICENCE = {"name": "notspecified", "title": "Not specified"}


def as_package(
    tables: Iterable[tuple[str, pd.DataFrame]],
    reports: Reports | None = None,
    licence: str = "",
    title: str = "Targets and results",
) -> dict[str, bytes]:
    """The files of the package by their names.

    Args:
        tables: with their names.
        reports: what the tables were made of, to be named as sources; by default their ids.
        licence: of the tables, by its name in the Open Definition (``CC-BY-4.0``) or its address.
        title: what the package is called.
    """
    named = dict(tables)
    files = {f"{name}.csv": as_csv(table) for name, table in named.items()}
    files["indicators.csv"] = as_csv(pd.DataFrame(indicators(), columns=list(INDICATOR)))
    resources = [_resource(name, TITLES[name], files, _schema(name)) for name in named]
    resources.append(_resource("indicators", "The indicators that subjects belong to", files, _indicators()))
    descriptor = {
        "profile": "tabular-data-package",
        "name": "targets-and-results",
        "title": title,
        "description": _ABOUT,
        "licenses": [_licence(licence)],
        "sources": _sources(named["figures"], reports),
        "resources": resources,
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    return {**files, DESCRIPTOR: f"{text}\n".encode("utf-8", "replace")}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one archive, the same for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _resource(name: str, title: str, files: Mapping[str, bytes], schema: Mapping[str, Any]) -> dict[str, Any]:
    content = files[f"{name}.csv"]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": schema,
    }


def _schema(table: str) -> dict[str, Any]:
    described = columns(table)
    keys = [_foreign("indicator", "indicators", "id")] if any(one.name == "indicator" for one in described) else []
    if table == "figures":
        keys += [_foreign(name, "", "figure_id") for name in ("about", "part_of")]
    fields = [_field(column, key=n == 0) for n, column in enumerate(described)]
    return {"fields": fields, "missingValues": [""], "primaryKey": [described[0].name], "foreignKeys": keys}


def _field(column: Column, key: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True, "unique": True} if key else {}
    if column.words:
        constraints["enum"] = list(column.words)
    field = {"name": column.name, "type": _TYPES.get(column.dtype, "string"), "description": column.meaning}
    return field | {"example": column.example} | ({"constraints": constraints} if constraints else {})


def _indicators() -> dict[str, Any]:
    fields = [{"name": name, "type": "string", "description": meaning} for name, meaning in INDICATOR.items()]
    return {"fields": fields, "missingValues": [""], "primaryKey": ["id"]}


def _foreign(field: str, resource: str, to: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": resource, "fields": [to]}}


def _licence(given: str) -> dict[str, str]:
    if not given:
        return _NO_LICENCE
    return {"path": given} if "://" in given else {"name": given}


def _sources(figures: pd.DataFrame, reports: Reports | None) -> Sequence[dict[str, str]]:
    if reports is None:
        return [{"title": name} for name in figures["report"].unique()]
    return [{"title": f"{one.id}: {one.source}" if one.source else one.id} for one in reports]
