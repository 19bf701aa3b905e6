"""How long something that is being fetched will still take, told from how fast it has been lately."""

from collections import deque

_LOOK_BACK = 10.0  # seconds
_LEAST = 1.5  # seconds to have watched before anything is said


class Pace:
    """Watches how much has come. Times in seconds of any steady clock."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def see(self, at: float, done: int) -> None:
        """So many bytes are here now; fewer than before begins anew."""
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((at, done))
        while len(self._seen) > 2 and at - self._seen[0][0] > _LOOK_BACK:
            self._seen.popleft()

    def left(self, missing: int) -> float | None:
        """Seconds until so many more bytes are here; None while that cannot be told."""
        if not self._seen:
            return None
        (start, first), (end, last) = self._seen[0], self._seen[-1]
        if end - start < _LEAST or last == first:
            return None
        return missing * (end - start) / (last - first)
