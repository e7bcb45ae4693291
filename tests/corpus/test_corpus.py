"""Many reports give the same tables as on one core, whatever ends in between, and wherever they lie."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.corpus import Corpus, tabulate
from analysis.corpus.store import Store
from analysis.reading.unread import NoReportError
from analysis.schema import TABLES
from tests import ROOT
from tests.corpus_generator import generate, write

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # of Dask's own

NUMBER, BATCH = 24, 5


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    """Two workers in this process, which begin at once."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports: of several years, two of them the same, one no report, two of one name."""
    folder = tmp_path_factory.mktemp("corpus") / "texts"
    write(generate(NUMBER), folder)
    (folder / "unread.txt").write_text("")
    (folder / "again.txt").write_bytes((folder / "r000009.txt").read_bytes())
    for sub in ("2023", "2024"):
        (folder / sub).mkdir()
        (folder / sub / "note.txt").write_text(f"In {sub}, Binh Hai district planted 1,2{sub[-2:]} ha of trees.")
    entry = '[[report]]\nfile = "2024/note.txt"\ndate = 2025-01-02\nsource = "a paper"\n'
    (folder / "reports.toml").write_text(entry)
    return folder


@pytest.fixture(scope="module")
def wanted(texts: Path) -> analysis.Tables:
    """The tables as they are on one core."""
    return analysis.tabulate(analysis.read(texts))


def rows_of(folder: Path | str) -> dict[str, pd.DataFrame]:
    """All partitions of each table."""
    store = Store.at(folder)
    found = {}
    for name in TABLES:
        parts = [store.system.open(store.at_name(f"{name}/{one}")) for one in store.names(name)]
        found[name] = pd.concat([pd.read_parquet(part).astype(object) for part in parts], ignore_index=True)
    return found


def check_same(folder: Path | str, wanted: analysis.Tables) -> None:
    """See that the partitions hold the same rows as the tables."""
    found = rows_of(folder)
    for name, table in wanted:
        id = next(iter(TABLES[name]))
        one, other = (rows.sort_values(id, ignore_index=True) for rows in (table.astype(object), found[name]))
        for rows in (one, other):
            if "figure_ids" in rows:
                rows["figure_ids"] = rows["figure_ids"].map(list)
        pd.testing.assert_frame_equal(one.where(one.notna(), None), other.where(other.notna(), None), check_dtype=False)


def test_the_corpus_holds_what_crosses_reports(wanted: analysis.Tables) -> None:
    reports = wanted.outlook["figure_ids"].map(lambda ids: len({one.rpartition(":")[0] for one in ids}))
    assert (reports == 2).any()
    checks = wanted.findings["check"].value_counts()
    assert checks["conflict"] > 0 and checks["target_below_result"] > 0
    assert any("same text" in one.message for one in wanted.reports.failed) or len(wanted.reports) < NUMBER + 3


def test_the_rows_are_those_of_one_core(texts: Path, wanted: analysis.Tables, client: object, tmp_path: Path) -> None:
    made = tabulate(texts, tmp_path, client=client, batch=BATCH)
    check_same(tmp_path, wanted)
    assert made.reports == len(wanted.reports)
    failed = {(one.name, one.reason) for one in analysis.read(texts).failed}
    assert set(map(tuple, made.failed)) == failed
    kept = pd.read_parquet(tmp_path / "reports").set_index("report")
    assert kept.loc["2024 - note", ["source", "date"]].tolist() == ["a paper", "2025-01-02"]
    for id, text in kept["text"].items():
        assert text == wanted.reports[str(id)].text


def test_only_what_has_changed_is_read_again(texts: Path, client: object, tmp_path: Path) -> None:
    folder, to = tmp_path / "texts", tmp_path / "tables"
    shutil.copytree(texts, folder)

    def run() -> Corpus:
        return tabulate(folder, to, client=client, batch=BATCH)

    first, second = run(), run()
    assert first.fresh == first.files and second.fresh == 0
    (folder / "r000020.txt").write_text("In 2024, Binh Hai district planted 77 ha of trees.")
    (folder / "r000001.txt").unlink()
    third = run()
    assert 0 < third.fresh < third.files
    check_same(to, analysis.tabulate(analysis.read(folder)))
    corrected = (
        '[[correction]]\nreport = "r000020"\ntext = "{}"\nstart = 35\nend = 40\nquote = "77 ha"\nstrike = true\n'
    )
    digest = analysis.reviewing.corrections.digest((folder / "r000020.txt").read_text())
    (folder / "corrections.toml").write_text(corrected.format(digest))
    assert 0 < run().fresh < third.files
    tables = analysis.tabulate(analysis.read(folder))
    assert not tables.stale and "r000020" not in set(tables.figures["report"])
    check_same(to, tables)


@pytest.mark.parametrize("left", [{}, {"empty.txt": ""}])
def test_where_no_report_is_left_it_is_an_error_and_earlier_tables_stay(
    left: dict[str, str], client: object, tmp_path: Path
) -> None:
    folder, to = tmp_path / "texts", tmp_path / "tables"
    folder.mkdir()
    (folder / "a.txt").write_text("In 2024, Binh Hai district planted 77 ha of trees.")
    tabulate(folder, to, client=client)
    before = rows_of(to)
    (folder / "a.txt").unlink()
    for name, text in left.items():
        (folder / name).write_text(text)
    found = "; ".join(f"{name} is empty" for name in left) or "nothing at all"
    with pytest.raises(
        NoReportError, match=f"There is no report that can be read in .*texts. Found: {found}. Read are"
    ):
        tabulate(folder, to, client=client)
    pd.testing.assert_frame_equal(rows_of(to)["figures"], before["figures"])


def test_a_folder_and_a_file_in_it_are_read_once(client: object, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("In 2024, Binh Hai district planted 77 ha of trees.")
    made = tabulate([tmp_path / "texts", tmp_path / "texts" / "a.txt"], tmp_path / "tables", client=client)
    assert (made.reports, made.rows["figures"]) == (1, 1)


def test_what_a_run_wrote_among_the_reports_is_not_read(client: object, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In 2024, Binh Hai district planted 77 ha of trees.")
    made = [tabulate(tmp_path, tmp_path, client=client) for _ in range(2)]
    assert [(one.reports, one.files, one.failed) for one in made] == [(1, 1, [])] * 2


def test_a_path_without_a_report_is_told_as_it_was_given(
    client: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match="There is no file or folder missing; give"):
        tabulate("missing", "tables", client=client)


def test_what_lies_elsewhere_gives_the_same(texts: Path, wanted: analysis.Tables, client: object) -> None:
    place, tables = Store.at("memory://scale/texts"), "memory://scale/tables"
    for path in texts.rglob("*.t*"):
        place.put(path.relative_to(texts).as_posix(), path.read_bytes())
    made = tabulate("memory://scale/texts", tables, client=client, batch=BATCH)
    check_same(tables, wanted)
    assert {one.name for one in wanted.reports.failed} <= {file for file, _ in made.failed}
    assert tabulate("memory://scale", "memory://scale/tables", client=client, batch=BATCH).reports == made.reports
    among = [tabulate("memory://scale/texts", "memory://scale/texts", client=client, batch=BATCH) for _ in range(2)]
    assert [one.files for one in among] == [made.files] * 2


def test_a_run_that_is_killed_goes_on_where_it_stopped(texts: Path, wanted: analysis.Tables, tmp_path: Path) -> None:
    code = "from analysis.corpus import tabulate\nimport sys\n"
    code += f"if __name__ == '__main__': print(tabulate(sys.argv[1], sys.argv[2], workers=1, batch={BATCH}).fresh)\n"
    (tmp_path / "run.py").write_text(code)
    to = tmp_path / "tables"
    command = [sys.executable, str(tmp_path / "run.py"), str(texts), str(to)]
    told = {"env": os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}, "start_new_session": True}
    running = subprocess.Popen(command, **told, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while len(list(to.glob("steps/*.zip"))) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert not list(to.glob("figures/*"))
    done = subprocess.run(command, **told, capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < NUMBER
    check_same(to, wanted)


def test_a_worker_that_dies_loses_nothing(texts: Path, wanted: analysis.Tables, tmp_path: Path) -> None:
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs="CRITICAL"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        first = next(iter(cluster.workers.values())).process.process.pid

        def kill() -> None:
            while not list(tmp_path.glob("steps/*.zip")):
                time.sleep(0.02)
            os.kill(first, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        tabulate(texts, tmp_path, client=client, batch=BATCH)
        killer.join()
    check_same(tmp_path, wanted)
