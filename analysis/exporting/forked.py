"""A kernel that is copied from a nursery instead of started, as Jupyter's client sees it."""

from __future__ import annotations

import asyncio
import os
import select
import signal
from contextlib import suppress
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Any as AnyTrait

__all__ = ["ForkedKernel"]


class ForkedKernel(LocalProvisioner):
    """Starts a kernel from a nursery; everything else about it is as with any kernel on this machine."""

    nursery = AnyTrait()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Copy the nursery, and let the copy be the kernel that the command would start; without one, start it."""
        own = cmd[cmd.index("ipykernel_launcher") + 1 :]
        try:
            self.pid = self.nursery.fork(own, kwargs.get("cwd") or os.getcwd(), dict(kwargs["env"]))
        except OSError:
            return await super().launch_kernel(cmd, **kwargs)
        self.pgid = self.pid  # it leads a session of its own
        self.process = cast(Any, _Process(self.pid))
        return self.connection_info

    async def wait(self) -> int | None:
        """1 as soon as the kernel has ended, where others look every tenth of a second; 0 where there is none."""
        if self.process and not isinstance(self.process, _Process):
            return await super().wait()
        ended = await asyncio.to_thread(self.process.wait) if self.process else 0
        self.process = None
        return ended


class _Process:
    """What a provisioner asks of a process, for one that somebody else has started."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self._handle: int | None = None
        with suppress(ProcessLookupError):
            self._handle = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """1 once it has ended; how it ended, only its parent learns."""
        if self._handle is None:
            return 1
        return 1 if select.select([self._handle], [], [], 0)[0] else None

    def wait(self) -> int:
        """1, once it has ended."""
        if self._handle is not None:
            select.select([self._handle], [], [])
            os.close(self._handle)
            self._handle = None
        return 1

    def send_signal(self, number: int) -> None:
        """Send it a signal; nothing happens where it has ended."""
        if self._handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)
