"""Kernels that are there at once: forked from one process that has loaded what notebooks load.

A kernel spends more time on imports than on the cells of a notebook. On Linux, a nursery loads them once, while the
reports are still being read, and every kernel is a copy of it: a process of its own, with its own memory from there on.
Elsewhere there is no nursery, and kernels start as they always do.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import closing

__all__ = ["Nursery"]

_INLINE = "module://matplotlib_inline.backend_inline"


class Nursery:
    """The process that kernels are copied from, from ``with`` to the end of its block.

    Used before it has loaded everything, it makes the caller wait; where it cannot be, it is false.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def __enter__(self) -> Nursery:
        if sys.platform == "linux" and hasattr(os, "pidfd_open"):
            ours, theirs = socket.socketpair()
            with closing(theirs):
                self._line = ours
                # -P: a file in this folder must not pass for a module. A session of its own: Ctrl-C is not for it.
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "analysis.exporting.nursery", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                    env={"MPLBACKEND": _INLINE, **os.environ},  # as ipykernel sets it where a person has not
                )
        return self

    def __exit__(self, *raised: object) -> None:
        if self._process and self._line:
            self._line.close()
            self._process.kill()
            self._process.wait()
            self._process = None

    def __bool__(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def fork(self, arguments: list[str], folder: str, environment: dict[str, str]) -> int:
        """The process id of a new kernel.

        Args:
            arguments: of the kernel's application.
            folder: to run in.
            environment: all of its environment variables.

        Raises:
            OSError: the nursery has gone.
        """
        if self._line is None:
            raise OSError("There is no process to copy a kernel from.")
        order = {"arguments": arguments, "folder": folder, "environment": environment}
        self._line.sendall(json.dumps(order).encode() + b"\n")
        reply = self._line.recv(32)
        if not reply:
            raise OSError("The process that kernels are copied from has ended.")
        return int(reply)
