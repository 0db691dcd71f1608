"""So many bytes in so long a time, and no more until the next such time."""

import threading
import time
from collections.abc import Callable


class Allowance:
    """most: bytes in each span of `seconds`; the first span begins when the first byte is taken."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._taken, self._ends = 0, 0.0
        self._lock = threading.Lock()

    def is_spent(self) -> bool:
        """Whether nothing more may be taken now."""
        with self._lock:
            return self._clock() < self._ends and self._taken >= self._most

    def take(self, count: int) -> None:
        """Note that `count` bytes were taken; the last to take may go over."""
        with self._lock:
            now = self._clock()
            if now >= self._ends:
                self._taken, self._ends = 0, now + self._seconds
            self._taken += count
