"""The steps of a run, on the cores of this machine or on a cluster, by Dask.

Each task names what it writes by what it is made of, and writes it whole. So a task that is done again, because its
worker has died or the run was stopped, finds its result or writes the same one again.
"""

from __future__ import annotations

import json
import os
import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.corpus.batch import Step, Work, read, stored, version
from analysis.corpus.between import CROSSING, Found, bucket_of, meet, parcels
from analysis.corpus.finishing import REPORTS, finish
from analysis.corpus.listing import USUAL, batches, listed, spread, whole
from analysis.corpus.store import Store
from analysis.csv_file import as_csv
from analysis.extras import needed
from analysis.progressbar import watched
from analysis.reading.documents import RUN, STEPS, TABLES_MARK
from analysis.reading.unread import none_found
from analysis.schema import TABLES

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Corpus", "tabulate"]

_SETTINGS = {
    "dataframe.convert-string": False,
    "logging.distributed": "error",
    "distributed.admin.low-level-log-length": 20,  # of a thousand, each holds the batch that it is about
    "distributed.worker.profile.enabled": False,  # which is kept for as long as a worker lives
}
_WAITING = 4  # batches handed out at a time for each thread: none waits, and no list of all of them is held
_BATCHES = 8  # for each partition of a shuffle: some hundreds of reports, whose figures fit into memory with ease
_BUCKETS = 2  # for each partition, so that they come out even

Parcels = pd.DataFrame
_REPORT = CROSSING.index("report")


@dataclass(frozen=True)
class Corpus:
    """What a run has written: where, how many reports and rows, how much was read anew, and what was not read."""

    to: str
    reports: int
    rows: Mapping[str, int]
    files: int
    fresh: int
    failed: Sequence[tuple[str, str]] = field(default=(), repr=False)
    stale: Sequence[str] = field(default=(), repr=False)


def tabulate(
    given: str | Path | Sequence[str | Path],
    to: str | Path,
    *,
    client: Client | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    batch: int = USUAL,
) -> Corpus:
    """Write the tables of many reports as folders of Parquet files, with the texts that were read in ``reports``.

    The rows are those of :func:`analysis.tabulate`. What an interrupted run has done is not done again, nor are files
    read that have not changed since the last run; what is no longer there goes from the tables at the end of the run,
    when ``run.json`` is written.

    Args:
        given: files and folders of reports; paths, or addresses that fsspec knows: ``s3://bucket/reports``.
        to: the folder for the tables, as well; all workers must reach it.
        client: of a Dask cluster that is there already.
        scheduler: the address of such a cluster, ``tcp://host:8786``; by default one is started on this machine.
        workers: processes on this machine, as many as it has cores where nothing is said.
        batch: files that are read together, on average: what is lost where a process ends, and what fits into memory.

    Raises:
        FileNotFoundError: there is nothing where the reports should be, or nothing that can be read; tables of an
            earlier run stay.
        MissingExtra: Dask is not installed: ``pip install 'targets-and-results[cluster]'``.
    """
    addresses = [given] if isinstance(given, str | Path) else list(given)
    listing = listed(addresses)
    if not listing.files:
        raise none_found(addresses, [])
    target = whole(to)
    store = Store.at(target)
    if not store.has(TABLES_MARK):
        store.put(TABLES_MARK, _not_read([]))  # so that a run over a folder that holds this one passes it over
    with _engine(client, scheduler, workers) as engine:
        work = Work(target, listing.corrections, version())
        steps = list(_read(engine, batches(listing.files, batch), work, len(listing.files)))
        parts = list(_finished(engine, store, steps)) if steps else []
    failed = sorted([*listing.failed, *(tuple(one) for part in parts for one in part["failed"])])
    store.put(TABLES_MARK, _not_read(failed))
    if not any(part["rows"][REPORTS] for part in parts):
        raise none_found(addresses, [f"{file} {reason}" for file, reason in failed])
    rows = {name: sum(part["rows"][name] for part in parts) for name in (*TABLES, REPORTS)}
    _clear(store, steps, parts)
    told = {"reports": rows.pop(REPORTS), "rows": rows, "files": len(listing.files)}
    store.put(RUN, json.dumps({**told, "version": version()}, indent=2).encode())
    fresh = sum(step.files for step in steps if step.fresh)
    return Corpus(target, fresh=fresh, failed=failed, stale=[one for step in steps for one in step.stale], **told)


@contextmanager
def _engine(client: Client | None, scheduler: str | None, workers: int | None) -> Iterator[Client]:
    distributed = needed("distributed", "cluster")
    needed("dask.dataframe", "cluster")
    with ExitStack() as opened:
        opened.enter_context(needed("dask", "cluster").config.set(_SETTINGS))
        if client is not None:
            yield client
            return
        cluster = scheduler or opened.enter_context(
            distributed.LocalCluster(
                n_workers=workers or os.cpu_count(),
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                silence_logs="ERROR",
            )
        )
        yield opened.enter_context(distributed.Client(cluster))


def _read(engine: Client, waiting: Iterator[Any], work: Work, files: int) -> Iterator[Step]:
    """The batches read, as they are ready."""
    distributed = needed("distributed", "cluster")
    threads = max(1, sum(engine.nthreads().values()))
    shared = engine.scatter(work, broadcast=True)

    def hand_out(batch: Any) -> Any:
        return engine.submit(read, batch, shared, pure=False)

    running = distributed.as_completed([hand_out(one) for one in islice(waiting, _WAITING * threads)])

    def steps() -> Iterator[Step]:
        for future in running:
            step = future.result()
            for batch in islice(waiting, 1):
                running.add(hand_out(batch))
            yield step

    with _bar("Reading", files) as done:
        for step in steps():
            done(step.files)
            yield step


def _finished(engine: Client, store: Store, steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
    """The tables of all batches written, with what was found between their reports."""
    frames, distributed = needed("dask.dataframe", "cluster"), needed("distributed", "cluster")
    meta = parcels([])
    partitions = max(len(engine.nthreads()), -(-len(steps) // _BATCHES))
    buckets = partitions * _BUCKETS

    def then(what: Callable[[Parcels], Parcels], frame: Any) -> Any:
        return frame.shuffle("to", npartitions=partitions).map_partitions(what, meta=meta)

    sent = frames.from_map(partial(_texts, store, buckets), [(step.number, step.name) for step in steps], meta=meta)
    kept = then(_copies, sent)
    crossing = then(partial(_crossing, store, buckets), kept)
    met = then(_met, crossing)
    written = then(partial(_written, store), met)
    futures = distributed.futures_of(engine.persist(written))
    with _bar("Comparing", len(steps)) as done:
        for future in distributed.as_completed(futures):
            told = [pickle.loads(data) for data in future.result()["data"]]
            future.release()
            done(len(told))
            yield from told


def _texts(store: Store, buckets: int, step: tuple[int, str]) -> Parcels:
    """What the texts of a batch are known by, to where those alike meet."""
    number, name = step
    reports = stored(store, name, [REPORTS])[REPORTS]
    sent: defaultdict[int, list[tuple[int, str, str, str]]] = defaultdict(list)
    sent[number % buckets] = []
    for row in reports[["place_in_batch", "print", "report", "file"]].itertuples(index=False, name=None):
        sent[spread(row[1]) % buckets].append(row)
    return parcels((to, number, (name, texts)) for to, texts in sent.items())


def _copies(arrived: Parcels) -> Parcels:
    """The reports of each batch whose text another one has that comes before it."""
    names: dict[int, str] = {}
    texts: list[tuple[int, int, str, str, str]] = []
    for _, part, data in arrived.itertuples(index=False):
        names[part], listed = pickle.loads(data)
        texts += [(part, *one) for one in listed]
    first: dict[str, str] = {}
    lost: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for part, _, text, report, file in sorted(texts):
        if first.setdefault(text, file) != file:
            lost[part][report] = first[text]
    return parcels((part, part, (name, lost[part])) for part, name in names.items())


def _crossing(store: Store, buckets: int, arrived: Parcels) -> Parcels:
    """The figures that reports may share with others, to where those of a place and an indicator meet."""

    def sent() -> Iterator[tuple[int, int, Any]]:
        for part, (name, lost) in _by_batch(arrived).items():
            yield part % buckets, part, (name, lost)
            rows = stored(store, name, ["crossing"])["crossing"]
            rows = rows[~rows["report"].isin(list(lost))]
            keys = zip(rows["place"], rows["indicator"].astype("object"), strict=True)
            at = [bucket_of(*key, buckets) for key in keys]
            for to in sorted(set(at)):
                own = rows[[one == to for one in at]]
                yield to, part, list(own.itertuples(index=False, name=None))

    return parcels(sent())


def _met(arrived: Parcels) -> Parcels:
    """What is found between reports, back to their batches; what a batch lost goes with it."""
    rows: list[tuple[Any, ...]] = []
    parts: dict[str, int] = {}
    back: list[tuple[int, int, Any]] = []
    for _, part, data in arrived.itertuples(index=False):
        what = pickle.loads(data)
        if isinstance(what, list):
            rows += what
            parts |= {row[_REPORT]: part for row in what}
        else:
            back.append((part, part, what))
    return parcels([*back, *((part, part, found) for part, found in (meet(rows, parts) if rows else ()))])


def _written(store: Store, arrived: Parcels) -> Parcels:
    """The tables of some batches, written; what there is to tell of them."""

    def told() -> Iterator[tuple[int, int, Any]]:
        for part in sorted(set(arrived["to"].tolist())):
            found = Found()
            for what in map(pickle.loads, arrived.loc[arrived["to"] == part, "data"]):
                if isinstance(what, Found):
                    found.add(what)
                else:
                    name, lost = what
            yield part, part, finish(store, name, lost, found)

    return parcels(told())


def _by_batch(arrived: Parcels) -> dict[int, tuple[str, dict[str, str]]]:
    """The name of each batch, and what it lost."""
    found: dict[int, tuple[str, dict[str, str]]] = {}
    for part, _, data in arrived.itertuples(index=False):
        name, lost = pickle.loads(data)
        found[part] = name, found.get(part, ("", {}))[1] | lost
    return found


def _not_read(failed: Iterable[tuple[str, str]]) -> bytes:
    return as_csv(pd.DataFrame(failed, columns=["file", "reason"], dtype="object"))


def _clear(store: Store, steps: Iterable[Step], parts: Sequence[Mapping[str, Any]]) -> None:
    """Remove what belongs to no report any more."""
    kept = {f"{part['key']}.parquet" for part in parts}
    for table in (*TABLES, REPORTS):
        store.drop(f"{table}/{name}" for name in store.names(table) if name not in kept)
    kept = {step.name for step in steps} | {part["done"] for part in parts}
    store.drop(f"{STEPS}/{name}" for name in store.names(STEPS) if f"{STEPS}/{name}" not in kept)


@contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar that moves on by more than one at a time."""
    left = iter(watched(range(total), what, total))

    def done(many: int) -> None:
        for _ in islice(left, many):
            pass

    yield done
    for _ in left:
        pass
