"""How often a log-in may fail: for one name, and from one address."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

MINUTES = 15
_OF_NAME = RateLimitItemPerMinute(10, MINUTES, "name")
_OF_ADDRESS = RateLimitItemPerMinute(50, MINUTES, "address")


class Attempts:
    """Counts failed log-ins; too many within a quarter of an hour have to wait.

    Ten failures close a name to the address they came from, fifty close the address: nobody
    is locked out by somebody elsewhere.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, name: str, address: str) -> int:
        """Return the seconds to wait before another attempt, 0 where it may be made now."""
        seconds = 0.0
        for item, keys in self._counted(name, address):
            if not self._limiter.test(item, *keys):
                reset = self._limiter.get_window_stats(item, *keys).reset_time
                seconds = max(seconds, reset - time.time(), 1)
        return math.ceil(seconds)

    def failed(self, name: str, address: str) -> None:
        """Count a failure."""
        for item, keys in self._counted(name, address):
            self._limiter.hit(item, *keys)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of a name from an address."""
        self._limiter.clear(_OF_NAME, *self._counted(name, address)[0][1])

    @staticmethod
    def _counted(name: str, address: str) -> list[tuple[RateLimitItemPerMinute, tuple[str, ...]]]:
        return [(_OF_NAME, (name.strip().lower()[:64], address)), (_OF_ADDRESS, (address,))]
