"""How ratios are measured: product and limit side by side in one run, in random order, with an interval.

An absolute time says little on a shared machine. Each round times every contender once, in random order; a ratio is
the median over the rounds, with a bootstrap 95 % interval. The A/A control times one contender against itself:
outside 0.8–1.25 the run is too noisy to say anything.
"""

import random
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter

ROUNDS = 11
RESAMPLES = 2000
TOO_NOISY = (0.8, 1.25)
CONTROL = "again"

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as long the product takes as the other: median, and the 95 % interval around it."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:8.2f}  [{self.low:.2f}, {self.high:.2f}]"


@dataclass(frozen=True, slots=True)
class Workload:
    """One line of the table. `others` are what the product is compared with; the first is the limit."""

    name: str
    product: Act
    others: Mapping[str, Act]
    goal: str
    times: int = 1
    """How often an act is done in one timing, for acts too short to time alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one workload came to: seconds of the product, and its ratio to each other."""

    workload: Workload
    seconds: float
    ratios: dict[str, Ratio]

    @property
    def limit(self) -> float:
        """Seconds of what the product is first compared with."""
        return self.seconds / next(ratio.median for name, ratio in self.ratios.items() if name != CONTROL)

    @property
    def is_noisy(self) -> bool:
        return not TOO_NOISY[0] <= self.ratios[CONTROL].median <= TOO_NOISY[1]


def measured(workload: Workload, rounds: int = ROUNDS) -> Line:
    """Time a workload's contenders against each other."""
    contenders = {"product": workload.product, CONTROL: workload.product, **workload.others}
    for act in contenders.values():
        act()
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _round in range(rounds):
        for name in random.sample(list(contenders), len(contenders)):
            seconds[name].append(_timed(contenders[name], workload.times))
    ratios = {name: _ratio(seconds["product"], seconds[name]) for name in contenders if name != "product"}
    return Line(workload, statistics.median(seconds["product"]), ratios)


def _timed(act: Act, times: int) -> float:
    began = perf_counter()
    for _time in range(times):
        act()
    return (perf_counter() - began) / times


def _ratio(ours: list[float], theirs: list[float]) -> Ratio:
    """The median of the rounds' ratios, and its interval from resampled rounds."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    medians = sorted(statistics.median(random.choices(ratios, k=len(ratios))) for _sample in range(RESAMPLES))
    return Ratio(statistics.median(ratios), medians[RESAMPLES // 40], medians[-RESAMPLES // 40])


def table(lines: list[Line]) -> str:
    """The lines as a table to read."""
    rows = [f"{'workload':44} {'product':>10}  {'against':16} {'ratio, 95 % interval':28} goal"]
    for line in lines:
        for place, (name, ratio) in enumerate(line.ratios.items()):
            first = place == 0
            start = f"{line.workload.name:44} {line.seconds * 1000:8.2f}ms" if first else " " * 55
            word = "A/A control" if name == CONTROL else name
            goal = line.workload.goal if place == 1 else "too noisy to say" if first and line.is_noisy else ""
            rows.append(f"{start}  {word:16} {ratio!s:28} {goal}")
    return "\n".join(rows)


def growth(name: str, lines: list[Line]) -> str:
    """By how much product and limit take longer, from each size of a workload to the next."""
    steps = list(pairwise(lines))
    ours = ", ".join(f"× {larger.seconds / smaller.seconds:.1f}" for smaller, larger in steps)
    theirs = ", ".join(f"× {larger.limit / smaller.limit:.1f}" for smaller, larger in steps)
    return f"{name} at ×1, ×4, ×16: the product grows {ours}; the limit {theirs}"
