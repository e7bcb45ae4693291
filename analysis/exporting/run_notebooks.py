"""Notebooks run from the first cell to the last, two at a time, on a folder of reports.

A notebook's reports folder is its one parameter: the first cell tagged ``parameters`` says ``REPORTS = "../seeds"``,
and a cell put after it says otherwise.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

    from analysis.exporting.kernels import Nursery

__all__ = ["PARAMETERS", "NotebookError", "Run", "copies", "notebooks_folder", "notebooks_in", "run", "with_reports"]

PARAMETERS = "parameters"
INJECTED = "injected-parameters"
_AHEAD = 3  # kernels that get ready while others are at work; copies cost little


class NotebookError(Exception):
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


def run(
    folder: Path,
    reports: Path,
    jobs: int = 2,
    environment: Mapping[str, str] | None = None,
    nursery: Nursery | None = None,
    finish: Callable[[Run], None] = lambda done: None,
) -> list[Run]:
    """All notebooks of a folder with their outputs, in the order of their names.

    Args:
        folder: with ``*.ipynb`` files; the notebooks run in it and are not changed.
        reports: the folder of reports to hand in.
        jobs: how many run at the same time.
        environment: variables to set for the kernels.
        nursery: to copy the kernels from; without one, or where it has gone, each is started anew.
        finish: called with each notebook as soon as it has run, in whatever order they finish.

    Raises:
        NotebookError: a notebook failed; those still running are stopped.
    """
    at_work, awake = asyncio.Semaphore(max(jobs, 1)), asyncio.Semaphore(max(jobs, 1) + (_AHEAD if nursery else 0))
    runner = _Runner(reports.resolve(), dict(environment or {}), nursery, at_work, awake, finish)
    return asyncio.run(runner.run_all(notebooks_in(folder)))


def with_reports(notebook: NotebookNode, reports: str) -> NotebookNode:
    """The notebook with a cell that hands in the reports folder, after the cell tagged ``parameters`` or at the top."""
    from nbformat.v4 import new_code_cell

    cell = new_code_cell(f"REPORTS = {reports!r}", metadata={"tags": [INJECTED]})
    tagged = [n for n, other in enumerate(notebook.cells) if _has_tag(other, PARAMETERS)]
    notebook.cells.insert(tagged[0] + 1 if tagged else 0, cell)
    return notebook


def copies(folder: Path, reports: Path) -> Path:
    """A folder of notebooks beside the given one, for work on other reports; copies that are there already stay.

    Args:
        folder: with the notebooks, which are not changed.
        reports: the folder of reports that the copies read.
    """
    import nbformat

    beside = folder.resolve().parent / f"{folder.resolve().name}-on-{reports.resolve().stem}"
    beside.mkdir(exist_ok=True)
    for path in notebooks_in(folder):
        if not (beside / path.name).exists():
            nbformat.write(with_reports(_read(path), str(reports.resolve())), beside / path.name)
    return beside


def notebooks_in(folder: Path) -> list[Path]:
    """The notebooks of a folder, in the order of their names."""
    return sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))


@dataclass(frozen=True)
class _Runner:
    """Runs notebooks side by side."""

    reports: Path
    environment: Mapping[str, str]
    nursery: Nursery | None
    at_work: asyncio.Semaphore
    awake: asyncio.Semaphore
    finish: Callable[[Run], None]

    async def run_all(self, paths: Sequence[Path]) -> list[Run]:
        """All notebooks after they ran; on the first failure the others are stopped."""
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._one(path)) for path in paths]
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        return [task.result() for task in tasks]

    async def _one(self, path: Path) -> Run:
        async with self.awake:
            done = await self._run(path)
        self.finish(done)
        return done

    async def _run(self, path: Path) -> Run:
        from nbclient.exceptions import CellControlSignal, DeadKernelError

        notebook = with_reports(_read(path), str(self.reports))
        client = self._client(notebook, path.parent)
        running: list[NotebookNode] = []
        try:
            async with client.async_setup_kernel(env={**os.environ, **self.environment}):
                _let_interrupt()
                async with self.at_work:
                    for number, cell in enumerate(notebook.cells):
                        running.append(cell)
                        await client.async_execute_cell(cell, number, execution_count=client.code_cells_executed + 1)
        except (CellControlSignal, DeadKernelError) as error:
            task = asyncio.current_task()
            if task and task.cancelling():  # its kernel was ended on purpose
                raise asyncio.CancelledError from None
            raise NotebookError(f"The notebook {path} failed{_where(notebook, running)}: {_reason(error)}.") from None
        notebook.cells = [cell for cell in notebook.cells if not _has_tag(cell, INJECTED)]
        notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
        return Run(path, notebook)

    def _client(self, notebook: NotebookNode, folder: Path) -> NotebookClient:
        """What runs a notebook in its folder."""
        from nbclient import NotebookClient

        client = NotebookClient(
            notebook,
            timeout=None,
            resources={"metadata": {"path": str(folder)}},
            shutdown_kernel="immediate",
            store_widget_state=False,
            record_timing=False,
        )
        manager = client.create_kernel_manager()
        manager.kernel_spec_manager = _this_python()
        if self.nursery:
            from analysis.exporting.forked import ForkedKernel

            manager.provisioner = ForkedKernel(nursery=self.nursery, kernel_spec=manager.kernel_spec, parent=manager)
        return client


def _let_interrupt() -> None:
    """Ctrl-C ends everything, as everywhere; nbclient would end one kernel and wonder where it went."""
    with suppress(RuntimeError):  # not the main thread, or Windows: nbclient has set nothing there either
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)


def _read(path: Path) -> NotebookNode:
    import nbformat

    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise NotebookError(
            f"The notebook {path} cannot be read: {_first_line(str(error))}; repair or remove it."
        ) from None
    return notebook


def _this_python() -> Any:
    """Kernels of the Python that runs this, whatever kernels a person has installed besides."""
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    class OwnKernel(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            # Loopback without encryption is what every notebook uses; the warning about it is of no use here.
            return KernelSpec(**get_kernel_dict(extra_arguments=["--log-level=ERROR"]))

    return OwnKernel()


def _has_tag(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


def _where(notebook: NotebookNode, started: Sequence[NotebookNode]) -> str:
    """Which cell was running: its number among the notebook's own code cells, and its first line."""
    own = [cell for cell in notebook.cells if cell.cell_type == "code" and not _has_tag(cell, INJECTED)]
    running = [number for number, cell in enumerate(own, start=1) if started and cell is started[-1]]
    return f" in code cell {running[0]} ({_first_line(started[-1].source)})" if running else ""


def _reason(error: Exception) -> str:
    name = getattr(error, "ename", "")
    words = _first_line(getattr(error, "evalue", "") or ("" if name else str(error))).rstrip(".")
    return ": ".join(filter(None, [name, words]))


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
