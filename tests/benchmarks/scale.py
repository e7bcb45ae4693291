"""How a corpus is read at size: ``python tests/benchmarks/scale.py 10000 --compare --kill-worker --kill-run --s3``.

Writes so many generated reports, tabulates them in parts, and prints what it took: wall time, seconds of processors,
the most memory that each process held. With ``--compare`` one process does the same, for the efficiency of several;
with ``--kill-worker`` a worker is killed in mid-run, with ``--kill-run`` the whole run, which is then resumed; with
``--s3`` reports and tables lie in a bucket of moto's server. All must give the same rows.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

import pandas as pd  # noqa: E402
import psutil  # noqa: E402

from analysis.corpus.store import Store  # noqa: E402
from analysis.csv_file import as_csv  # noqa: E402
from analysis.schema import TABLES  # noqa: E402
from tests.corpus_generator import generate, write  # noqa: E402

RUN = """
import json, sys, time
from analysis.corpus import tabulate
if __name__ == "__main__":
    made = tabulate(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]))
    print(json.dumps({"reports": made.reports, "files": made.files, "fresh": made.fresh, "rows": dict(made.rows)}))
"""
S3 = {"AWS_ENDPOINT_URL": "http://127.0.0.1:5055", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
S3 |= {"AWS_DEFAULT_REGION": "us-east-1"}


class Watch(threading.Thread):
    """Looks at a process and those that it starts: the most memory of each, and the seconds that all have worked."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.root, self.most, self.seconds = psutil.Process(pid), dict[int, float](), dict[int, float]()

    def run(self) -> None:
        """Look four times a second until it ends."""
        while self.root.is_running() and self.root.status() != psutil.STATUS_ZOMBIE:
            for one in self.processes():
                try:
                    held, spent = one.memory_info().rss / 1e6, one.cpu_times()
                except psutil.Error:
                    continue
                self.most[one.pid] = max(held, self.most.get(one.pid, 0))
                self.seconds[one.pid] = spent.user + spent.system
            time.sleep(0.25)

    def processes(self) -> list[psutil.Process]:
        """Those that there are now."""
        try:
            return [self.root, *self.root.children(recursive=True)]
        except psutil.Error:
            return []


def tabulate(texts: str, to: str, workers: int, kill: str = "", at: int = 3) -> dict[str, Any]:
    """Run once, in processes of its own; ``kill`` a ``worker`` or the ``run`` when so many batches are done."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
        script.write(RUN)
        script.flush()
        start = time.perf_counter()
        command = [sys.executable, script.name, texts, to, str(workers)]
        env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
        running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)
        watch = Watch(running.pid)
        watch.start()
        while kill and running.poll() is None:
            time.sleep(0.05)
            if len(Store.at(to).names("steps")) >= at:
                forked = [one for one in watch.processes()[1:] if "spawn_main" in " ".join(one.cmdline())]
                os.killpg(running.pid, signal.SIGKILL) if kill == "run" else forked[0].kill()
                break
        told = running.communicate()[0]
    made = json.loads(told) if told.strip() else {}
    wall = time.perf_counter() - start
    return made | {"wall": wall, "cpu": sum(watch.seconds.values()), "MB": sorted(map(round, watch.most.values()))}


def known_by(to: str) -> dict[str, str]:
    """What the rows of each table are known by, in whatever order they lie."""
    store, found = Store.at(to), {}
    for name in TABLES:
        rows: list[bytes] = []
        for part in store.names(name):
            table = pd.read_parquet(store.system.open(store.at_name(f"{name}/{part}")))
            rows += [sha256(line).digest() for line in as_csv(table).splitlines()[1:]]
        found[name] = f"{len(rows):,} lines, {sha256(b''.join(sorted(rows))).hexdigest()[:16]}"
    return found


@contextmanager
def served() -> Iterator[None]:
    """A server that speaks as S3 does, on this machine."""
    os.environ.update(S3)
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", "5055"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(6)
        import s3fs

        s3fs.S3FileSystem().mkdir("corpus")
        yield
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Print what it took."""
    parser = argparse.ArgumentParser(description="How a corpus is read at size.")
    parser.add_argument("number", type=int)
    parser.add_argument("--workers", type=int, default=2)
    for name in ("compare", "kill-worker", "kill-run", "s3"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--folder", type=Path, help="where reports and tables go, to be kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        texts = folder / "texts"
        if not texts.exists():
            write(generate(given.number), texts)
        size = sum(path.stat().st_size for path in texts.iterdir())
        print(f"{given.number:,} reports, {size / given.number:,.0f} bytes each; load {os.getloadavg()[0]:.1f}")
        first = tabulate(str(texts), str(folder / "tables"), given.workers)
        print(f"{given.workers} workers: {first}", flush=True)
        rows = known_by(str(folder / "tables"))
        print(rows, flush=True)
        if given.compare:
            alone = tabulate(str(texts), str(folder / "alone"), 1)
            print(f"1 worker: {alone}")
            print(f"efficiency by wall time {alone['wall'] / first['wall'] / given.workers:.2f}", end=", ")
            same = known_by(str(folder / "alone")) == rows
            print(f"by processor time {alone['cpu'] / first['cpu']:.2f}; same rows: {same}")
        for kill in ("worker", "run"):
            if getattr(given, f"kill_{kill}"):
                to = str(folder / f"killed-{kill}")
                print(f"{kill} killed: {tabulate(str(texts), to, given.workers, kill)}")
                if kill == "run":
                    print(f"resumed: {tabulate(str(texts), to, given.workers)}")
                print(f"same rows: {known_by(to) == rows}", flush=True)
        if given.s3:
            with served():
                bucket = Store.at("s3://corpus/texts")
                for path in texts.iterdir():
                    bucket.put(path.name, path.read_bytes())
                print(f"s3: {tabulate('s3://corpus/texts', 's3://corpus/tables', given.workers)}")
                print(f"same rows: {known_by('s3://corpus/tables') == rows}")


if __name__ == "__main__":
    main()
