"""Scales and round ticks: where a value stands on an axis, and which values the axis names."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

_STEPS = (1, 2, 5, 10)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten apart) from at or below ``low`` to at or above ``high``.

    At least two, and at most ``most`` + 1. Raises ``ValueError`` for bounds that are not finite or not in order.
    """
    if not (math.isfinite(low) and math.isfinite(high)) or low > high or most < 2:
        raise ValueError(f"no axis from {low} to {high} with {most} ticks")
    if low == high:
        low, high = (0.0, 1.0) if low == 0 else (min(low, 0.0), max(high, 0.0))
    lowest, highest = Decimal(repr(float(low))), Decimal(repr(float(high)))
    power = ((highest - lowest) / most).adjusted()
    for times in (*_STEPS, *(10 * step for step in _STEPS)):
        step = Decimal(times).scaleb(power)
        first = math.floor(lowest / step)
        last = math.ceil(highest / step)
        if last - first <= most:
            return [float(step * index) for index in range(first, max(last, first + 1) + 1)]
    raise AssertionError(f"no step fits {low} to {high}")


def whole_ticks(high: int, most: int = 6) -> list[int]:
    """Round whole numbers from 0 to at or above ``high``: for what is counted."""
    step = max(1, int(ticks(0, max(high, 1), most)[1]))
    return [step * index for index in range(math.ceil(max(high, 1) / step) + 1)]


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value of ``low`` … ``high`` stands between ``start`` and ``end`` in the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return self.start
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)
