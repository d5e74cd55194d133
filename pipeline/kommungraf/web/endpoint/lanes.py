"""Who may run a query now: a quick lane and a narrower slow one, and fair queues of clients before them."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from time import monotonic

from kommungraf.limits import ServeLimits

_LOOK = 0.1
"""Seconds between two looks at what runs."""
_SHORT = 0.25
"""Seconds that a query waits before anybody looks whether its client is still there."""


class FullError(Exception):
    """There is no place for a query: too many wait, it waited too long, or it is slow and others are too."""


class TimeOutError(Exception):
    """A query ran for longer than it may."""


class GoneError(Exception):
    """The client hung up while its query waited."""


Place = asyncio.Future[None]
Gone = Callable[[], Awaitable[None]]
"""Comes back when the client has hung up."""


class Lane:
    """Places that are taken and given back. Clients that wait for one are served in turn, not by arrival."""

    def __init__(self, places: int, waiting: int) -> None:
        self.places = places
        self.taken = 0
        self.waiting = 0
        self._most = waiting
        self._share = max(waiting // 2, 1)
        self._queues: OrderedDict[str, deque[Place]] = OrderedDict()
        self._patience: dict[Place, _Patience] = {}
        self._looks = False

    def take_now(self) -> bool:
        """Take a place if one is free and nobody waits for it."""
        if self.taken < self.places and not self.waiting:
            self.taken += 1
            return True
        return False

    async def take(self, client: str, seconds: float, gone: Gone) -> None:
        """Wait for a place, for as long as the client is there.

        Raises :class:`FullError` at once when too many wait, or when it takes too long; :class:`GoneError`.
        """
        if self.take_now():
            return
        queue = self._queues.get(client, deque())
        if self.waiting >= self._most or len(queue) >= self._share:
            raise FullError
        loop = asyncio.get_running_loop()
        place: Place = loop.create_future()
        self._queues.setdefault(client, queue).append(place)
        self.waiting += 1
        patience = self._patience[place] = _Patience(loop.time(), seconds, gone)
        if not self._looks:
            self._looks = True
            loop.call_later(_SHORT, self._look)
        try:
            await place
        except (asyncio.CancelledError, FullError, GoneError):
            self._withdraw(client, place)
            raise
        finally:
            del self._patience[place]
            patience.end()

    def _look(self) -> None:
        """Look after the clients of all who wait for long: one clock for all, as most wait for milliseconds."""
        loop = asyncio.get_running_loop()
        for place, patience in self._patience.items():
            if loop.time() - patience.since > _SHORT:
                patience.watch(place)
        self._looks = bool(self._patience)
        if self._looks:
            loop.call_later(_SHORT, self._look)

    def _withdraw(self, client: str, place: Place) -> None:
        queue = self._queues.get(client)
        if queue is not None and place in queue:
            queue.remove(place)
            self.waiting -= 1
            if not queue:
                del self._queues[client]
        elif place.done() and not place.cancelled() and place.exception() is None:
            self.give()

    def give(self) -> None:
        """Give a place back: the next client in turn gets it."""
        self.taken -= 1
        while self._queues and self.taken < self.places:
            client, queue = self._queues.popitem(last=False)
            place = queue.popleft()
            self.waiting -= 1
            if queue:
                self._queues[client] = queue
            if not place.done():
                self.taken += 1
                place.set_result(None)


class _Patience:
    """How long somebody waits, and whether the client is still there."""

    __slots__ = ("_gone", "_seconds", "_task", "since")

    def __init__(self, since: float, seconds: float, gone: Gone) -> None:
        self.since, self._seconds, self._gone = since, seconds, gone
        self._task: asyncio.Task[None] | None = None

    def watch(self, place: Place) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._wait(place))

    async def _wait(self, place: Place) -> None:
        error: Exception = GoneError()
        try:
            await asyncio.wait_for(self._gone(), self._seconds)
        except TimeoutError:
            error = FullError()
        if not place.done():
            place.set_exception(error)

    def end(self) -> None:
        if self._task is not None:
            self._task.cancel()


class Ticket:
    """A query that runs: since when, in which lane, and how it is stopped."""

    __slots__ = ("began", "lane", "over", "stop")

    def __init__(self, lane: Lane, began: float) -> None:
        self.lane = lane
        self.began = began
        self.stop: Callable[[Exception], None] | None = None
        """Ends it, with the reason; ``None`` while there is nothing to end."""
        self.over: Exception | None = None
        """Why it was stopped."""

    def stopped_by(self, stop: Callable[[Exception], None]) -> None:
        """It runs, and can be stopped now."""
        self.stop = stop

    def lost(self) -> None:
        """What ran is gone, and it may run again. Raises the reason where it was stopped meanwhile."""
        self.stop = None
        if self.over is not None:
            raise self.over

    def slow_since(self, seconds: float) -> bool:
        """Whether it has run for longer than that."""
        return monotonic() - self.began > seconds


class Lanes:
    """The two lanes. A query that turns out to be slow moves to the slow lane and frees its place for a quick one.

    Where the slow lane is full, it stays; but once others wait for a place that slow queries hold, the last of these
    is stopped: look-ups wait for a second at most, however many aggregates somebody sends.
    """

    def __init__(self, limits: ServeLimits) -> None:
        self.quick = Lane(limits.at_once, limits.waiting)
        self.slow = Lane(limits.slow_at_once, limits.waiting)
        self._limits = limits
        self._running: dict[Ticket, None] = {}
        self._watches = False
        self._loop = asyncio.get_running_loop()

    def enter_now(self, slow: bool) -> Ticket | None:
        """A place, if one is free; ``slow``: it is known that the query is."""
        lane = self.slow if slow else self.quick
        return self._run(lane) if lane.take_now() else None

    async def enter(self, client: str, slow: bool, gone: Gone) -> Ticket:
        """A place in turn. Raises :class:`FullError`, :class:`GoneError`."""
        lane = self.slow if slow else self.quick
        await lane.take(client, self._limits.seconds, gone)
        return self._run(lane)

    def leave(self, ticket: Ticket) -> None:
        """A query has ended."""
        if ticket in self._running:
            del self._running[ticket]
            ticket.lane.give()

    def _run(self, lane: Lane) -> Ticket:
        ticket = Ticket(lane, monotonic())
        self._running[ticket] = None
        if not self._watches:
            self._watches = True
            self._loop.call_later(_LOOK, self._look)
        return ticket

    def _look(self) -> None:
        now = monotonic()
        late = [ticket for ticket in self._running if now - ticket.began > self._limits.slow_after]
        for ticket in late:
            if now - ticket.began > self._limits.seconds:
                self._stop(ticket, TimeOutError())
            elif ticket.lane is self.quick and self.slow.taken < self.slow.places:
                self.slow.taken += 1
                ticket.lane = self.slow
                self.quick.give()
        if self.quick.waiting:
            holding = [ticket for ticket in late if ticket.lane is self.quick and ticket in self._running]
            if holding:
                self._stop(holding[-1], FullError())
        self._watches = bool(self._running)
        if self._watches:
            self._loop.call_later(_LOOK, self._look)

    def _stop(self, ticket: Ticket, reason: Exception) -> None:
        if ticket.stop is not None and ticket.over is None:
            ticket.over = reason
            ticket.stop(reason)
            self.leave(ticket)
