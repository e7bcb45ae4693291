"""Files of one run: all of them or none, wherever they are to be written; of a run that was killed nothing is left."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis
from analysis.exporting.publish import PublishError, publish
from analysis.writing import together
from analysis.writing.together import workplace, write_together
from tests import ROOT

OLD = {"a.csv": b"old", "b.csv": b"old"}
NEW = {"a.csv": b"new", "b.csv": b"new"}


def held(folder: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold, hidden ones too."""
    return {path.name: path.read_bytes() if path.is_file() else b"a folder" for path in folder.iterdir()}


def test_files_come_and_go_in_one_step(tmp_path: Path) -> None:
    write_together(OLD | {"gone.csv": b"old"}, tmp_path / "in" / "out")
    (tmp_path / "in" / "out" / "mine.txt").write_bytes(b"mine")
    written = write_together(NEW, tmp_path / "in" / "out", gone=["gone.csv", "a.csv", "never.csv"])
    assert held(tmp_path / "in" / "out") == NEW | {"mine.txt": b"mine"}
    assert written == [tmp_path / "in" / "out" / name for name in NEW]


@pytest.mark.parametrize("moment", range(1, 9))
def test_a_failure_at_any_move_leaves_everything_as_it_was(
    moment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = OLD | {"gone.csv": b"old"}
    write_together(before, tmp_path)
    moves = iter(range(1, 100))

    def failing(kept: object) -> object:
        def move(*arguments: object, **options: object) -> object:
            if next(moves) == moment:
                raise KeyboardInterrupt
            return kept(*arguments, **options)  # type: ignore[operator]

        return move

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(together, "_set_aside", failing(together._set_aside))
        patched.setattr(together.os, "replace", failing(os.replace))
        write_together(NEW | {"c.csv": b"new"}, tmp_path, gone=["gone.csv"])
    assert held(tmp_path) == before


def test_a_folder_in_the_place_of_a_file_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "b.csv").mkdir()
    (tmp_path / "b.csv" / "mine.txt").write_bytes(b"mine")
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(IsADirectoryError, match=r"b\.csv"):
        write_together(NEW, tmp_path)
    assert (tmp_path / "b.csv" / "mine.txt").read_bytes() == b"mine"
    assert (tmp_path / "a.csv").read_bytes() == b"old"


def test_a_link_in_the_place_of_a_file_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "other.txt").write_bytes(b"other")
    (tmp_path / "out" / "a.csv").symlink_to(tmp_path / "other.txt")
    write_together(NEW, tmp_path / "out")
    assert (tmp_path / "other.txt").read_bytes() == b"other"
    assert held(tmp_path / "out") == NEW


def test_where_there_are_no_links_copies_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_together(OLD, tmp_path)
    monkeypatch.setattr(together.os, "link", lambda *_, **__: (_ for _ in ()).throw(PermissionError()))
    write_together(NEW, tmp_path)
    assert held(tmp_path) == NEW


def test_runs_that_write_to_one_folder_do_not_mix(tmp_path: Path) -> None:
    names = [f"{n}.csv" for n in range(20)]
    runs = [
        threading.Thread(target=write_together, args=(dict.fromkeys(names, str(run).encode()), tmp_path))
        for run in range(8)
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(set(held(tmp_path).values())) == 1 and sorted(held(tmp_path)) == sorted(names)


# --- Leftovers -------------------------------------------------------------------------------------------------------

KILLED = """
import os, pathlib, signal, sys
from analysis.writing import together
together.os.replace = lambda source, target, kept=os.replace: (
    os.kill(os.getpid(), signal.SIGKILL) if str(target).endswith("b.csv") else kept(source, target))
together.write_together({"a.csv": b"new", "b.csv": b"new"}, pathlib.Path(sys.argv[1]))
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal and locks no folders")
def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    write_together(OLD, tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=environment, check=False)
    assert done.returncode == -9
    assert {path.name for path in tmp_path.iterdir()} > {"a.csv", "b.csv"}  # nothing is missing, even then
    write_together(NEW, tmp_path)
    assert held(tmp_path) == NEW


@pytest.mark.skipif(os.name != "posix", reason="Windows locks no folders")
def test_what_is_in_use_or_foreign_is_not_removed(tmp_path: Path) -> None:
    for name in ("x-12345678-and-more", "y-12345678"):
        (tmp_path / name).mkdir()
    (tmp_path / "x-abcdefgh").symlink_to(tmp_path / "y-12345678")
    with workplace(tmp_path, "x-") as first, workplace(tmp_path, "x-") as second:
        assert first.is_dir() and second.is_dir() and first != second
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"x-12345678-and-more", "y-12345678", "x-abcdefgh"}


# --- Places ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, mounted in a folder that nobody may write to."""
    parent, at = tmp_path / "parent", tmp_path / "parent" / "disk"
    at.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(at)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a disk here")
    parent.chmod(0o555)
    yield at
    subprocess.run(["umount", str(at)], check=True)
    parent.chmod(0o755)


def test_another_disk_will_do(disk: Path) -> None:
    publish({"index.html": "page"}, disk)
    analysis.tabulate("In 2023 it planted 9 trees, 90% of the plan.").write(disk)
    assert (disk / "index.html").read_text() == "page" and (disk / "figures.parquet").exists()
    assert not [path for path in disk.iterdir() if path.name.startswith(".")]


def test_a_full_disk_is_told_with_the_file_and_loses_nothing(disk: Path) -> None:
    write_together(OLD, disk)
    full = {"a.csv": b"new", "b.csv": bytes(300_000)}
    with pytest.raises(OSError, match=r"No space left on device: .*b\.csv"):
        write_together(full, disk)
    with pytest.raises(PublishError, match=r"cannot be written to .*No space left on device: .*b\.csv"):
        publish(full, disk)
    assert held(disk) == OLD


# --- Nothing for something -------------------------------------------------------------------------------------------


def test_an_empty_folder_does_not_replace_good_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from analysis.__main__ import main

    (tmp_path / "empty").mkdir()
    analysis.tabulate("In 2023 it planted 9 trees, 90% of the plan.").write(tmp_path / "out")
    before = held(tmp_path / "out")
    assert main(["tabulate", str(tmp_path / "empty"), "--to", str(tmp_path / "out"), "--force"]) == 1
    assert "no report" in capsys.readouterr().err
    assert held(tmp_path / "out") == before
