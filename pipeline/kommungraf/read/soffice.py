"""LibreOffice as a converter of formats that nothing else reads well: each call is alone, bounded, without a network.

A call has a folder and a profile of its own, so that two at the same time cannot meet, and nothing of it stays behind.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from kommungraf import limits
from kommungraf.errors import InputError

INSTALL = "apt-get install libreoffice-writer-nogui"
"""The command that installs what conversion needs."""
NO_OFFICE = "no-office"
"""The kind of issue of a file that waits for LibreOffice."""
SECONDS = 120.0
"""A file that takes longer is given up."""
_PROGRAMS = ("soffice", "libreoffice")
_NOWHERE = "http://127.0.0.1:9"  # where nobody answers
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
# No macros, no links to other files followed, no proxy but one that does not answer, nothing recovered or reported.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def program() -> str | None:
    """LibreOffice's path, ``None`` where it is not installed."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def to_odt(data: bytes, name: str, suffix: str, reader: str) -> bytes:
    """A file converted to an OpenDocument text.

    ``suffix`` is what its name ends in, ``reader`` what LibreOffice calls the filter that reads it: a file that says
    that it is something else is not believed. Raises :class:`~kommungraf.errors.InputError`: ``no-office``,
    ``damaged``, or ``too-slow``.
    """
    path = program()
    if path is None:
        message = f"{name} is in an old format that LibreOffice has to convert, which is not installed; {INSTALL}"
        raise InputError(NO_OFFICE, f"{message}, then build again.")
    limits.more_time(SECONDS)
    with tempfile.TemporaryDirectory(prefix="kommungraf-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"document.{suffix}")
        source.write_bytes(data)
        _profile(Path(folder, "profile"))
        if not _run(_command(path, Path(folder), source, reader), folder):
            raise InputError("too-slow", f"{name} took LibreOffice longer than {SECONDS:.0f} seconds; save it as DOCX.")
        made = Path(folder, "made", "document.odt")
        if not made.is_file() or made.is_symlink():
            raise InputError("damaged", f"{name} is damaged or protected: LibreOffice cannot open it; save it as DOCX.")
        return made.read_bytes()


def _command(path: str, folder: Path, source: Path, reader: str) -> list[str]:
    return [
        path, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
        "--nodefault", "--nolockcheck", "--nofirststartwizard", f"--infilter={reader}",
        "--convert-to", "odt", "--outdir", str(Path(folder, "made")), str(source),
    ]  # fmt: skip


def _profile(folder: Path) -> None:
    """A profile with nothing in it but what keeps a document from doing anything."""
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    user = folder / "user"
    user.mkdir(parents=True)
    user.joinpath("registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _run(command: list[str], folder: str) -> bool:
    """Run a command in a folder, without a network proxy that answers; whether it ended in time.

    LibreOffice starts other programs. They stay in the process group of a worker, which is ended as a whole; here all
    that came of the command is ended when its time is over.
    """
    environment = {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8",
        "http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "SAL_USE_VCLPLUGIN": "svp",
    }  # fmt: skip
    process = subprocess.Popen(
        command, cwd=folder, env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that runs and those that it started, the last first."""
    for pid in reversed(_family(process.pid)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def _family(pid: int) -> list[int]:
    """A process and those that it started, as far as the system tells; nothing of one that has ended."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]
