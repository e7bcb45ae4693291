"""Notebooks run from the first cell to the last, on a folder of reports, in as many kernels as there are jobs.

A notebook's reports folder is its one parameter: the first cell tagged ``parameters`` says ``REPORTS = "../seeds"``,
and a cell put after it says otherwise.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from analysis.errors import UserError
from analysis.exporting import TIME_LIMIT
from analysis.exporting.leash import leash, on_leash
from analysis.writing.together import temporary

if TYPE_CHECKING:
    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbformat import NotebookNode

__all__ = ["NotebookError", "Run", "copies", "notebooks_folder", "notebooks_in", "reports_in", "running"]

_PARAMETERS, _INJECTED = "parameters", "injected-parameters"  # tags
_PATIENCE = 60  # seconds until a kernel answers
_OPTIONS = [
    # Loopback without encryption is what every notebook uses; the warning about it is of no use here.
    "--log-level=ERROR",
    "--HistoryManager.hist_file=:memory:",
]


class NotebookError(UserError):
    """A notebook is missing, cannot be read, or failed; the message is one sentence for the person who exports."""


@dataclass(frozen=True)
class Run:
    """A notebook after it ran."""

    path: Path
    notebook: NotebookNode


def notebooks_folder(given: str | Path | None = None) -> Path:
    """The folder to take notebooks from: the given one, else ``notebooks`` here, else the one beside the package.

    Raises:
        NotebookError: there is no such folder, or no notebook in it.
    """
    places = [Path("notebooks"), Path(__file__).parents[2] / "notebooks"] if given is None else [Path(given)]
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        raise NotebookError(f"There is no folder {places[0]}; name the folder of your notebooks with --notebooks.")
    if not notebooks_in(folder):
        raise NotebookError(f"There are no notebooks (*.ipynb) in {folder}; name another folder with --notebooks.")
    return folder


def reports_in(given: str | Path | Iterable[str | Path] | None = None) -> list[Path]:
    """Where to read reports from: what is given, else the folder ``seeds`` here, else the one beside the package.

    Raises:
        FileNotFoundError: there is no such file or folder.
    """
    if given is None:
        seeds = [Path("seeds"), Path(__file__).parents[2] / "seeds"]
        given = next((place for place in seeds if place.exists()), seeds[0])
    places = [Path(given)] if isinstance(given, str | Path) else [Path(one) for one in given]
    for place in places:
        if not place.exists():
            raise FileNotFoundError(f"There is no folder {place}; name the folder of your reports.")
    return places


@contextmanager
def running(
    folder: Path,
    reports: Sequence[Path],
    jobs: int = 2,
    time_limit: float = TIME_LIMIT,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Iterator[Run]]:
    """The notebooks of a folder with their outputs, each as soon as it has run; they start at once.

    They run in kernels beside this process, which is free for other work; what still runs at the end of the block is
    stopped.

    Args:
        folder: with ``*.ipynb`` files; the notebooks run in it and are not changed.
        reports: the reports, or folders of them, to hand in.
        jobs: how many run at the same time.
        time_limit: for each notebook, in seconds.
        environment: variables to set for the kernels.

    Raises:
        NotebookError: while iterating: a notebook failed; those still running are stopped.
    """
    finished: SimpleQueue[Run | BaseException | None] = SimpleQueue()
    work = _Work(reports, time_limit, {**os.environ, **(environment or {})}, finished.put)
    loop = asyncio.SelectorEventLoop()  # sockets of kernels need this one on Windows
    task = loop.create_task(work.on_all(notebooks_in(folder), max(jobs, 1)))
    thread = Thread(target=_complete, args=(loop, task, finished.put), daemon=True)
    thread.start()
    try:
        yield _as_they_come(finished)
    finally:
        with suppress(RuntimeError):  # all has ended already, and the loop is closed
            loop.call_soon_threadsafe(task.cancel)
        thread.join()


def _with_reports(notebook: NotebookNode, reports: Sequence[Path]) -> NotebookNode:
    """The notebook with a cell that hands in the reports folder, after the cell tagged ``parameters`` or at the top."""
    from nbformat.v4 import new_code_cell

    named = [str(path.resolve()) for path in reports]
    cell = new_code_cell(f"REPORTS = {named if len(named) > 1 else named[0]!r}", metadata={"tags": [_INJECTED]})
    tagged = [n for n, other in enumerate(notebook.cells) if _has_tag(other, _PARAMETERS)]
    notebook.cells.insert(tagged[0] + 1 if tagged else 0, cell)
    return notebook


def copies(folder: Path, reports: Sequence[Path]) -> Path:
    """A folder of notebooks beside the given one, for work on other reports; copies that are there already stay.

    Args:
        folder: with the notebooks, which are not changed.
        reports: the reports, or folders of them, that the copies read.
    """
    import nbformat

    names = "-and-".join(path.resolve().stem for path in reports)
    beside = folder.resolve().parent / f"{folder.resolve().name}-on-{names}"
    beside.mkdir(exist_ok=True)
    for path in notebooks_in(folder):
        if not (beside / path.name).exists():
            nbformat.write(_with_reports(_read(path), reports), beside / path.name)
    return beside


def notebooks_in(folder: Path) -> list[Path]:
    """The notebooks of a folder, in the order of their names."""
    return sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))


def _complete(
    loop: asyncio.AbstractEventLoop, task: asyncio.Task[None], put: Callable[[BaseException | None], None]
) -> None:
    """Do a task to its end, and say how it ended."""

    async def ended() -> BaseException | None:
        return (await asyncio.gather(task, return_exceptions=True))[0]

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        put(runner.run(ended()))


def _as_they_come(finished: SimpleQueue[Run | BaseException | None]) -> Iterator[Run]:
    """What is put into the queue, until nothing is or an error."""
    while True:
        try:
            one = finished.get(timeout=0.5)  # on Windows, Ctrl-C is heard only between two waits
        except Empty:
            continue
        if one is None:
            return
        if isinstance(one, BaseException):
            raise one
        yield one


@dataclass(frozen=True)
class _Work:
    """Runs notebooks one after the other, in several kernels at the same time."""

    reports: Sequence[Path]
    time_limit: float
    environment: Mapping[str, str]
    finish: Callable[[Run], None]

    async def on_all(self, paths: Sequence[Path], jobs: int) -> None:
        """Run all notebooks; on the first failure the others are stopped."""
        waiting = iter(paths)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(jobs, len(paths))):
                    group.create_task(self._in_one_kernel(waiting))
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _in_one_kernel(self, waiting: Iterator[Path]) -> None:
        async with _kernel(self.environment) as (manager, channels):
            for path in waiting:
                self.finish(await self._run(path, manager, channels))

    async def _run(self, path: Path, manager: AsyncKernelManager, channels: AsyncKernelClient) -> Run:
        from nbclient import NotebookClient
        from nbclient.exceptions import CellControlSignal, DeadKernelError

        notebook = _with_reports(_read(path), self.reports)
        client = NotebookClient(notebook, km=manager, timeout=None, store_widget_state=False, record_timing=False)
        client.kc = channels
        running: list[NotebookNode] = []
        limit = asyncio.timeout(self.time_limit)
        try:
            await _begin(client, channels, path)
            async with limit:
                for number, cell in enumerate(notebook.cells):
                    running.append(cell)
                    await client.async_execute_cell(cell, number, execution_count=client.code_cells_executed + 1)
        except (CellControlSignal, DeadKernelError, TimeoutError) as error:
            task = asyncio.current_task()
            if task and task.cancelling():  # its kernel was ended on purpose
                raise asyncio.CancelledError from None
            where = _where(notebook, running)
            if limit.expired():
                raise NotebookError(
                    f"The notebook {path} was still running{where} after {self.time_limit:g} seconds; "
                    "make it faster, or allow more with --time-limit."
                ) from None
            raise NotebookError(f"The notebook {path} failed{where}: {_reason(error)}.") from None
        notebook.cells = [cell for cell in notebook.cells if not _has_tag(cell, _INJECTED)]
        notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
        return Run(path, notebook)


@asynccontextmanager
async def _kernel(environment: Mapping[str, str]) -> AsyncIterator[tuple[AsyncKernelManager, AsyncKernelClient]]:
    """A kernel and what speaks to it; it is ended at once at the end of the block."""
    from jupyter_client.manager import AsyncKernelManager

    channels = None
    with leash() as held, temporary() as folder:
        manager = AsyncKernelManager(kernel_spec_manager=_this_python(folder))
        manager.connection_file = str(folder / "kernel.json")
        try:
            await manager.start_kernel(env=dict(environment), stdin=held)
            channels = manager.client()
            channels.start_channels(hb=False)  # whether a kernel lives, its process tells
            try:
                await channels.wait_for_ready(timeout=_PATIENCE)
            except RuntimeError as error:
                raise NotebookError(
                    f"No notebook can run: {error}; see what {sys.executable} -m ipykernel_launcher says."
                ) from None
            channels.allow_stdin = False
            yield manager, channels
        finally:
            if channels:
                channels.stop_channels()
            await manager.shutdown_kernel(now=True)


async def _begin(client: NotebookClient, channels: AsyncKernelClient, path: Path) -> None:
    """Let the kernel be as a new one in the notebook's folder."""
    order = f"from analysis.exporting.kernel import begin; begin({str(path.resolve().parent)!r})"
    reply = await client.async_wait_for_reply(channels.execute(order, silent=True))
    said = reply["content"] if reply else {}
    if said.get("status") != "ok":
        raise NotebookError(f"The notebook {path} could not begin: {said.get('ename')}: {said.get('evalue')}.")


def _read(path: Path) -> NotebookNode:
    import nbformat

    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise NotebookError(
            f"The notebook {path} cannot be read: {_first_line(str(error))}; repair or remove it."
        ) from None
    return notebook


def _this_python(folder: Path) -> Any:
    """Kernels of the Python that runs this, whatever kernels a person has installed; a folder goes with them."""
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    class OwnKernel(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            spec = KernelSpec(**get_kernel_dict(extra_arguments=_OPTIONS))
            spec.argv = on_leash(spec.argv, str(folder))
            return spec

    return OwnKernel()


def _has_tag(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


def _where(notebook: NotebookNode, started: Sequence[NotebookNode]) -> str:
    """Which cell was running: its number among the notebook's own code cells, and its first line."""
    own = [cell for cell in notebook.cells if cell.cell_type == "code" and not _has_tag(cell, _INJECTED)]
    running = [number for number, cell in enumerate(own, start=1) if started and cell is started[-1]]
    return f" in code cell {running[0]} ({_first_line(started[-1].source)})" if running else ""


def _reason(error: Exception) -> str:
    name = getattr(error, "ename", "")
    words = _first_line(getattr(error, "evalue", "") or ("" if name else str(error))).rstrip(".")
    return ": ".join(filter(None, [name, words]))


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
