"""Notebooks run from the first cell to the last, two at a time, on a folder of reports.

A notebook's reports folder is its one parameter: the first cell tagged ``parameters`` says ``REPORTS = "../seeds"``,
and a cell put after it says otherwise.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["PARAMETERS", "NotebookError", "Run", "copies", "notebooks_folder", "run", "with_reports"]

PARAMETERS = "parameters"
INJECTED = "injected-parameters"


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
    places = [Path("notebooks"), Path(__file__).parent.parent / "notebooks"] if given is None else [Path(given)]
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        raise NotebookError(f"There is no folder {places[0]}; name the folder of your notebooks with --notebooks.")
    if not _notebooks(folder):
        raise NotebookError(f"There are no notebooks (*.ipynb) in {folder}; name another folder with --notebooks.")
    return folder


def run(folder: Path, reports: Path, jobs: int = 2, environment: Mapping[str, str] | None = None) -> list[Run]:
    """All notebooks of a folder with their outputs, in the order of their names.

    Args:
        folder: with ``*.ipynb`` files; the notebooks run in it and are not changed.
        reports: the folder of reports to hand in.
        jobs: how many run at the same time.
        environment: variables to set for the kernels.

    Raises:
        NotebookError: a notebook failed; those still running are stopped.
    """
    return asyncio.run(_run_all(_notebooks(folder), reports.resolve(), max(jobs, 1), dict(environment or {})))


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
    for path in _notebooks(folder):
        if not (beside / path.name).exists():
            nbformat.write(with_reports(_read(path), str(reports.resolve())), beside / path.name)
    return beside


def _notebooks(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))


async def _run_all(paths: Sequence[Path], reports: Path, jobs: int, environment: dict[str, str]) -> list[Run]:
    free = asyncio.Semaphore(jobs)

    async def one(path: Path) -> Run:
        async with free:
            return await _run(path, reports, environment)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(path)) for path in paths]
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return [task.result() for task in tasks]


async def _run(path: Path, reports: Path, environment: dict[str, str]) -> Run:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, DeadKernelError

    notebook = with_reports(_read(path), str(reports))
    started: list[NotebookNode] = []
    client = NotebookClient(
        notebook,
        timeout=None,
        resources={"metadata": {"path": str(path.parent)}},
        shutdown_kernel="immediate",
        store_widget_state=False,
        record_timing=False,
        on_notebook_start=_let_interrupt,
        on_cell_start=lambda cell, cell_index: started.append(cell),
    )
    client.create_kernel_manager().kernel_spec_manager = _this_python()
    try:
        await client.async_execute(env={**os.environ, **environment})
    except (CellControlSignal, DeadKernelError) as error:
        task = asyncio.current_task()
        if task and task.cancelling():  # its kernel was ended on purpose
            raise asyncio.CancelledError from None
        raise NotebookError(f"The notebook {path} failed{_where(notebook, started)}: {_reason(error)}.") from None
    notebook.cells = [cell for cell in notebook.cells if not _has_tag(cell, INJECTED)]
    return Run(path, notebook)


def _let_interrupt(notebook: NotebookNode) -> None:
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
