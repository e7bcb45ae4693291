"""A batch of files in, one file of all their tables out, as far as each report decides them by itself.

The file is named by all that decides what is in it: what the files hold, what is said of them, and this library. What
is there already is not read again.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import checks
from analysis.checks import across
from analysis.comparison.comparisons import compare_targets
from analysis.corpus.between import crossing
from analysis.corpus.listing import Batch, File
from analysis.corpus.store import Store
from analysis.extraction.claims import extract_claims
from analysis.extraction.figures import extract_figures
from analysis.extraction.frame import frame_of
from analysis.reading.copies import fingerprint
from analysis.reading.documents import STEPS, Document
from analysis.reading.formats import Unreadable
from analysis.reading.report import Report, Reports
from analysis.reading.shelf import Shelf
from analysis.reading.sparing import spared
from analysis.reviewing.applying import applied, with_reviewed
from analysis.reviewing.corrections import Correction
from analysis.schema import frame
from analysis.writing.forms import as_parquet

__all__ = ["Step", "Work", "read", "stored", "version"]

REPORTS = {"report": "string", "file": "string", "text": "string", "date": "string", "source": "string"}
REPORTS |= {"address": "string", "language": "string"}
PRINT = {"place_in_batch": "int64", "print": "string"}  # by which the same text is known again


@dataclass(frozen=True)
class Work:
    """Where the tables go, what people have corrected, and the version of the library that is to read."""

    to: str
    corrections: tuple[Correction, ...]
    version: str


@dataclass(frozen=True)
class Step:
    """A batch that has been read: its number, its file, how many files were in it, and what was corrected in vain."""

    number: int
    name: str
    files: int
    fresh: bool
    stale: tuple[str, ...] = ()


@cache
def version() -> str:
    """What this library is known by: its code and its data."""
    folder = Path(__file__).parent.parent
    known = sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".csv") and path.is_file():
            known.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return known.hexdigest()


def read(batch: Batch, work: Work) -> Step:
    """Read a batch, unless that has been done.

    Raises:
        RuntimeError: this process has another version of the library than the one that asks.
    """
    if version() != work.version:
        raise RuntimeError("A worker runs another version of this library; install the same on all machines.")
    held = [(file, [_held(one) for one in file.source.documents(file.name)]) for file in batch.files]
    corrections = _of_these(work.corrections, held)
    name = f"{STEPS}/{_key(held, corrections, work.version)}.zip"
    store = Store.at(work.to)
    if store.has(name):
        told = stored(store, name, [])["told"]
        return Step(batch.number, name, len(batch.files), False, tuple(told["stale"]))
    found, files, prints, failed = _reports(held)
    (tables, stale), found = spared(partial(_tables, corrections), found)
    failed += [(one.name, one.reason) for one in found.failed]
    frame_of.cache_clear()  # of a thousand reports it holds a hundred megabytes, and these do not come again
    told = {"failed": failed, "stale": [str(one) for one in stale]}
    store.put(name, _zipped(tables | {"reports": _listed(found, files, prints)}, told))
    return Step(batch.number, name, len(batch.files), True, tuple(told["stale"]))


def stored(store: Store, name: str, wanted: Iterable[str]) -> dict[str, Any]:
    """Some tables of a batch that has been read, by their names; ``told`` is what else there is to tell."""
    with zipfile.ZipFile(io.BytesIO(store.get(name))) as archive:
        found: dict[str, Any] = {"told": json.loads(archive.read("told.json"))}
        for table in wanted:
            rows = pd.read_parquet(io.BytesIO(archive.read(f"{table}.parquet")))
            if "figure_ids" in rows:
                rows["figure_ids"] = rows["figure_ids"].map(tuple).astype("object")
            found[table] = rows
    return found


def _held(document: Document) -> Document:
    """The document with its bytes, or with why it has none."""
    if document.why:
        return document
    try:
        content = document.content()
    except Unreadable as error:
        return replace(document, content=bytes, why=str(error))
    return replace(document, content=lambda: content)


def _key(held: Sequence[tuple[File, Sequence[Document]]], corrections: Sequence[Correction], library: str) -> str:
    known = sha256(library.encode())
    for file, inside in held:
        said = [file.name, file.ids, file.entries]
        known.update(json.dumps(said, sort_keys=True, default=str).encode("utf-8", "backslashreplace"))
        for one in inside:
            known.update(f"{one.name}\0{one.why}\0".encode("utf-8", "backslashreplace"))
            known.update(sha256(one.content()).digest())
    known.update(repr(corrections).encode("utf-8", "backslashreplace"))
    return known.hexdigest()[:32]


def _of_these(corrections: Iterable[Correction], held: Sequence[tuple[File, Sequence[Document]]]) -> list[Correction]:
    """The corrections of reports in some files: by the report's name, or by its text, whatever it is called."""
    if not corrections:
        return []
    names = {name for file, _ in held for _, name in file.ids}
    texts = {f"sha256:{sha256(one.content()).hexdigest()}" for _, inside in held for one in inside}
    return [one for one in corrections if one.text in texts or any(map(one.report.startswith, names))]


def _reports(
    held: Sequence[tuple[File, Sequence[Document]]],
) -> tuple[Reports, dict[str, str], dict[str, str], list[tuple[str, str]]]:
    """The reports, their files, what their texts are known by, and what was not read; the same text twice is kept."""
    found: list[Report] = []
    files: dict[str, str] = {}
    failed: list[tuple[str, str]] = []
    prints: dict[str, str] = {}
    for file, inside in held:
        folder = file.source.folder
        for document in inside:
            known: dict[Path, dict[str, Mapping[str, object]]] = {above: {} for above in document.path.parents}
            known |= {folder / name: dict(entries) for name, entries in (file.entries or {}).items()}
            shelf = Shelf(entries=known, names=dict(file.ids))
            shelf.put(document, folder)
            found += shelf.found.values()
            files |= dict.fromkeys(shelf.found, document.name)
            failed += [(one.name, one.reason) for one in shelf.failed]
    for report in found:
        prints[report.id] = sha256(fingerprint(report.text).encode()).hexdigest()
    return Reports(found), files, prints, failed


def _tables(corrections: Sequence[Correction], reports: Reports) -> tuple[dict[str, pd.DataFrame], Sequence[object]]:
    """The tables, and the corrections that are not applied; the outlook is of targets that cannot cross reports."""
    figures, stale = applied(extract_figures(reports), corrections, reports)
    compared = compare_targets(figures)
    sides, crossed = crossing(figures)
    ahead = frame("outlook", sides.rows())
    wanted = {one for table in (compared, ahead) for ids in table["figure_ids"] for one in ids}
    found, _, known = checks.of_each(figures, wanted)
    found += across.unnamed_misses(across.rows(compared, known))
    between = list(across.target_below_result(across.rows(ahead, known)))
    findings = checks.told(found, between, extract_claims(reports), [report.id for report in reports])
    tables = {"comparisons": compared, "outlook": ahead, "findings": findings}
    tables |= {"recomputations": findings.recomputations}
    reviewed = {name: with_reviewed(table, figures) for name, table in tables.items()}
    return {"figures": figures, **reviewed, "crossing": crossed}, stale


def _listed(reports: Iterable[Report], files: Mapping[str, str], prints: Mapping[str, str]) -> pd.DataFrame:
    """The reports with their texts, so that any figure can be looked up."""
    order = {report: number for number, report in enumerate(prints)}
    rows = [
        (one.id, files[one.id], one.text, one.dated or str(one.date or ""), one.source, one.address, one.language)
        for one in reports
    ]
    columns = REPORTS | PRINT
    return pd.DataFrame([(*row, order[row[0]], prints[row[0]]) for row in rows], columns=list(columns)).astype(columns)


def _zipped(tables: Mapping[str, pd.DataFrame], told: object) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("told.json", json.dumps(told))
        for name, table in tables.items():
            archive.writestr(f"{name}.parquet", as_parquet(table))
    return made.getvalue()
