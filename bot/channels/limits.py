"""Token buckets: how many requests one session or one address may send."""

import dataclasses
from collections import OrderedDict


@dataclasses.dataclass
class _Bucket:
    tokens: float
    filled_at: float


class Buckets:
    """One bucket per key; the longest unused are forgotten when there are too many.

    Args:
        capacity: requests at once.
        per_second: requests a second after that.
        most: buckets that are kept.
    """

    def __init__(self, *, capacity: float, per_second: float, most: int = 20_000) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._most = most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allow(self, key: str, *, now: float) -> bool:
        """Take one token for this key; False when there is none. `now`: monotonic seconds."""
        bucket = self._buckets.pop(key, None) or _Bucket(self._capacity, now)
        self._buckets[key] = bucket
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        gained = (now - bucket.filled_at) * self._per_second
        bucket.tokens = min(self._capacity, bucket.tokens + gained)
        bucket.filled_at = now
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True
