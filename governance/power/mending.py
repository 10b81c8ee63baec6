"""Which quota gives a powerless seat some power?"""

from collections.abc import Sequence


def mending_quotas(weights: Sequence[int], quota: int, seat: int) -> tuple[int, ...]:
    """The quotas nearest to `quota` under which the seat at index `seat` decides sometimes: one, or two as near.

    `(quota,)` when it has power already. Where the quota is more than half, only such quotas are named: with less,
    two opposite motions could both pass.
    """
    total = sum(weights)
    least = total // 2 + 1 if 2 * quota > total else 1
    with_power = _quotas_with_power(weights, seat)
    for distance in range(total):
        near = tuple(each for each in sorted({quota - distance, quota + distance}) if least <= each <= total)
        mending = tuple(each for each in near if with_power >> each & 1)
        if mending:
            return mending
    raise AssertionError("at the quota of all, every seat decides")


def _quotas_with_power(weights: Sequence[int], seat: int) -> int:
    """Bit q is set when some coalition of others weighs at least q − w and less than q."""
    reachable = 1
    for index, weight in enumerate(weights):
        if index != seat:
            reachable |= reachable << weight
    return _smeared(reachable, weights[seat]) << 1


def _smeared(bits: int, width: int) -> int:
    """Each set bit copied to the `width` places from its own upwards."""
    done = 1
    while done < width:
        step = min(done, width - done)
        bits |= bits << step
        done += step
    return bits
