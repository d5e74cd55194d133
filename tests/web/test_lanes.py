"""Who may run a query now."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from kommungraf.limits import ServeLimits
from kommungraf.web.endpoint.lanes import FullError, GoneError, Lane, Lanes, TimeOutError


async def here() -> None:
    """A client that stays."""
    await asyncio.sleep(60)


async def left() -> None:
    """A client that has hung up."""


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 20))


def test_clients_are_served_in_turn_however_many_queries_one_of_them_sent() -> None:
    async def test() -> None:
        lane, served = Lane(1, 100), []
        assert lane.take_now()

        async def client(name: str) -> None:
            await lane.take(name, 10, here)
            served.append(name)
            lane.give()

        async with asyncio.TaskGroup() as group:
            for name in "aaaabbc":
                group.create_task(client(name))
            await asyncio.sleep(0)
            lane.give()
        assert "".join(served) == "abcabaa"
        assert (lane.taken, lane.waiting) == (0, 0)

    run(test)


def test_a_client_has_half_of_the_queue_at_most_and_a_full_queue_says_so_at_once() -> None:
    async def test() -> None:
        lane = Lane(1, 4)
        assert lane.take_now()
        waiting = [asyncio.create_task(lane.take(name, 10, here)) for name in "aabb"]
        await asyncio.sleep(0)
        for name in "abc":
            with pytest.raises(FullError):
                await lane.take(name, 10, here)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert lane.waiting == 0
        lane.give()
        assert lane.take_now()

    run(test)


@pytest.mark.parametrize(("gone", "expected"), [(left, GoneError), (here, FullError)], ids=["hung up", "too long"])
def test_who_hangs_up_or_waits_too_long_leaves_the_queue(gone, expected: type[Exception]) -> None:
    async def test() -> None:
        lane = Lane(1, 4)
        assert lane.take_now()
        with pytest.raises(expected):
            await lane.take("a", 0.1, gone)
        assert lane.waiting == 0
        lane.give()
        assert lane.taken == 0

    run(test)


def test_a_place_given_to_one_who_is_cancelled_at_that_moment_goes_on_to_the_next() -> None:
    async def test() -> None:
        lane = Lane(1, 10)
        assert lane.take_now()
        first, second = (asyncio.create_task(lane.take(name, 10, here)) for name in "ab")
        await asyncio.sleep(0)
        lane.give()
        first.cancel()
        await second
        assert lane.taken == 1

    run(test)


def test_a_slow_query_frees_its_quick_place_while_the_slow_lane_has_one() -> None:
    async def test() -> None:
        lanes = Lanes(ServeLimits(at_once=1, slow_at_once=1, slow_after=0.1))
        slow = lanes.enter_now(slow=False)
        assert slow is not None
        assert lanes.enter_now(slow=False) is None
        quick = await lanes.enter("b", False, here)
        assert lanes.slow.taken == 1
        lanes.leave(slow)
        lanes.leave(quick)
        assert (lanes.quick.taken, lanes.slow.taken) == (0, 0)

    run(test)


def test_where_slow_queries_hold_all_places_the_last_of_them_makes_room() -> None:
    async def test() -> None:
        lanes = Lanes(ServeLimits(at_once=2, slow_at_once=1, slow_after=0.1))
        stopped: list[tuple[str, Exception]] = []
        tickets = {}
        for name in "ab":
            tickets[name] = await lanes.enter(name, False, here)
            tickets[name].stopped_by(lambda error, name=name: stopped.append((name, error)))
        await asyncio.sleep(0.4)
        third = await lanes.enter("c", False, here)
        third.stopped_by(lambda error: stopped.append(("c", error)))
        assert not stopped, "one had moved to the slow lane"
        await asyncio.sleep(0.3)
        assert not stopped, "slow ones may stay while nobody waits"
        quick = await asyncio.wait_for(lanes.enter("d", False, here), 2)
        assert [(name, type(error)) for name, error in stopped] == [("c", FullError)]
        for ticket in (*tickets.values(), third, quick):
            lanes.leave(ticket)
        assert (lanes.quick.taken, lanes.slow.taken) == (0, 0)

    run(test)


def test_a_query_that_is_known_to_be_slow_waits_for_the_slow_lane() -> None:
    async def test() -> None:
        lanes = Lanes(ServeLimits(at_once=5, slow_at_once=1))
        assert lanes.enter_now(slow=True) is not None
        assert lanes.enter_now(slow=True) is None
        assert lanes.enter_now(slow=False) is not None

    run(test)


def test_a_query_is_stopped_when_its_time_is_over() -> None:
    async def test() -> None:
        lanes = Lanes(ServeLimits(seconds=0.2, slow_after=0.1))
        ticket = await lanes.enter("a", False, here)
        stopped: list[Exception] = []
        ticket.stopped_by(stopped.append)
        await asyncio.sleep(0.5)
        assert [type(error) for error in stopped] == [TimeOutError]
        lanes.leave(ticket)
        assert (lanes.quick.taken, lanes.slow.taken) == (0, 0)

    run(test)
