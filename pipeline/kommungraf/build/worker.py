"""A worker process from inside: one document after another, with bounds on its memory and files, and no network."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import resource
import signal
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kommungraf import limits
from kommungraf.build.work import Outcome, Shop, process
from kommungraf.errors import KommungrafError
from kommungraf.limits import MB, Limits
from kommungraf.read.inputs import Source

READY, CONTENT, MORE, DONE = "ready", "content", "more", "done"
"""What a worker tells: it waits for work; the SHA-256 of a content; seconds that it needs more; an outcome."""

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def serve(pipe: Connection[Any, Any], shop: Shop, allowed: Limits, folder: Path) -> None:
    """What a worker process does until it is killed; ``folder`` is for its temporary files."""
    settle(allowed, folder)
    with limits.under(allowed, lambda seconds: pipe.send((MORE, seconds)), folder.parent):
        while True:
            pipe.send((READY, None))
            pipe.send((DONE, _outcome(pipe.recv(), shop, pipe)))


def _outcome(source: Source, shop: Shop, pipe: Connection[Any, Any]) -> Outcome | KommungrafError:
    try:
        return process(source, shop, lambda sha256: pipe.send((CONTENT, sha256)))
    except KommungrafError as error:  # one that stops the build: told, and raised there
        return error


def settle(allowed: Limits, folder: Path) -> None:
    """Make this process one that may read anything: bounded, without network, gone when its parent is.

    It is a process group of its own, so that all it starts can be killed with it; nothing that it prints is seen.
    """
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that the user started
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder.absolute())
    gc.set_threshold(200_000, 50, 50)
    _bound(allowed)
    _leave_with_parent()


def _bound(allowed: Limits) -> None:
    """Let the system refuse what no document needs: more memory, giant files, dumps of a crash, the network."""
    for what, most in (
        (resource.RLIMIT_DATA, allowed.memory_mb * MB),
        (resource.RLIMIT_FSIZE, allowed.archive_mb * MB),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, hard))
    _unplug()


def _unplug() -> None:
    """Leave the network, where the system (Linux) lets a process do so: no reader needs it, and no file may make it."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is None:
        return
    user, group = os.geteuid(), os.getegid()
    if user == 0:
        unshare(_CLONE_NEWNET)
    elif unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:  # as the same user in a space of its own
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def leave() -> None:
        parent.join()
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=leave, daemon=True).start()
