"""Files into a folder, all of them or none, and nothing left behind: not by a full disk, nor by a run that is killed.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     written = write_together({"a.csv": b"a", "b.csv": b"b"}, Path(folder, "out"))
...     print([path.name for path in written], sorted(os.listdir(Path(folder, "out"))))
['a.csv', 'b.csv'] ['a.csv', 'b.csv']
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

__all__ = ["TEMPORARY", "temporary", "workplace", "write_together"]

TEMPORARY = "targets-and-results-"
"""How the names of folders for temporary files begin."""

_PREFIX = ".analysis-"
_MADE = "new-"  # how the rest of a name begins until the folder is held: an instant
_INSTANT = 60.0  # seconds, to be sure


def write_together(files: Mapping[str, str | bytes], to: Path, gone: Iterable[str] = ()) -> list[Path]:
    """Write files into a folder, whole or not at all: into a folder inside it first, then moved, the last one last.

    Inside it, because beside it may be another disk, or no right to write. Runs that write into one folder at the same
    time do so one after the other.

    Args:
        files: what each is to hold, by its name; text is written as UTF-8.
        to: the folder; it is made where there is none.
        gone: names of files to remove with the same step.

    Raises:
        OSError: a file cannot be written, and is named; what was there before is there still.
    """
    to.mkdir(parents=True, exist_ok=True)
    with _locked(to), workplace(to, _PREFIX) as beside:
        new, old = beside / "new", beside / "old"
        new.mkdir()
        old.mkdir()
        for name, data in files.items():
            try:
                (new / name).write_bytes(data.encode("utf-8", "replace") if isinstance(data, str) else data)
            except OSError as error:  # of a full disk it names no file
                raise OSError(error.errno, error.strerror, str(to / name)) from None
        _swap(list(files), sorted(set(gone) - set(files)), new, old, to)
    return [to / name for name in files]


def _swap(names: list[str], gone: list[str], new: Path, old: Path, to: Path) -> None:
    """Move the new files in and the old ones out; on any failure, the other way round."""
    moved = []
    try:
        for name in [*names, *gone]:
            _set_aside(to / name, old / name)
            moved.append(name)
            if name in gone:
                (to / name).unlink(missing_ok=True)
            else:
                os.replace(new / name, to / name)
    except BaseException:
        for name in moved:
            if os.path.lexists(old / name):
                os.replace(old / name, to / name)
            else:
                (to / name).unlink(missing_ok=True)
        raise


def _set_aside(path: Path, kept: Path) -> None:
    """Keep what is there for a failure, and leave it there, so that a run that is killed here has lost nothing."""
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if os.path.lexists(path):
        try:
            os.link(path, kept, follow_symlinks=False)
        except (OSError, NotImplementedError):  # not every file system has links
            shutil.copy2(path, kept, follow_symlinks=False)


@contextmanager
def workplace(inside: Path, prefix: str) -> Iterator[Path]:
    """A folder for the time of the block; those of runs that were killed, which nobody holds any more, are removed.

    Args:
        inside: where to make it.
        prefix: how its name begins.
    """
    for path in inside.iterdir():
        left = re.fullmatch(rf"{re.escape(prefix)}({_MADE})?\w{{8}}", path.name)
        with suppress(OSError):
            if left and (not left[1] or path.lstat().st_mtime < time.time() - _INSTANT):
                _remove_if_left(path)
    made = Path(tempfile.mkdtemp(prefix=prefix + _MADE, dir=inside))
    path = inside / made.name.replace(_MADE, "", 1)
    with _locked(made):
        try:
            os.replace(made, path)
            yield path
        finally:
            for one in (made, path):
                shutil.rmtree(one, ignore_errors=True)


def temporary() -> AbstractContextManager[Path]:
    """A folder for temporary files, of which the next run removes what a killed one left."""
    return workplace(Path(tempfile.gettempdir()), TEMPORARY)


if sys.platform == "win32":

    @contextmanager
    def _locked(folder: Path) -> Iterator[None]:
        """Windows does not lock folders."""
        yield

    def _remove_if_left(folder: Path) -> None:
        """Nor is there any telling whether somebody uses one."""

else:
    import fcntl

    @contextmanager
    def _locked(folder: Path) -> Iterator[None]:
        """Hold a folder as long as this process lives and the block lasts; wait for another that holds it."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # some network file systems have no locks
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _remove_if_left(folder: Path) -> None:
        """Remove a folder unless a process holds it, or it is somebody else's."""
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
            try:
                if os.fstat(handle).st_uid == os.geteuid():
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)
