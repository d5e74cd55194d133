"""The one error root, and the issue that a problem with the input becomes.

Bad input is not our bug: it is raised as :class:`InputError` (one clear sentence: what, where, what to do) and ends as
an :class:`Issue` in ``issues.jsonl``. Everything else that is raised is a defect of ours and is allowed to crash.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass


class KommungrafError(Exception):
    """Root of every error that kommungraf raises on purpose."""


class InputError(KommungrafError):
    """A document that cannot be read, or cannot be read whole. The message is one sentence for the user.

    ``kind`` is a short stable code such as ``encrypted``, ``empty``, ``truncated`` or ``encoding``.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class UsageError(KommungrafError):
    """The user asked for something that cannot be asked for (an unknown query, a missing graph)."""


class StorageError(KommungrafError):
    """The output folder could not be written (disk full, no access); what was there before is intact."""


class RemoteError(KommungrafError):
    """A store elsewhere did not answer, or refused what was asked of it."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One line of ``issues.jsonl``: something in the input that a person may want to look at.

    ``stage`` is read, segment, extract, link or graph; ``page`` counts from 1, or is ``None`` where there are no pages;
    ``quarantined`` is true when the whole file was left out of the graph because of it.
    """

    file: str
    stage: str
    kind: str
    message: str
    page: int | None = None
    quarantined: bool = False

    def as_dict(self) -> dict[str, object]:
        """The issue as a JSON object, keys in a fixed order."""
        return asdict(self)
