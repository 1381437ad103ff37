"""Lanes or desks with one line before them, first come, first served; how many are open may change."""

from __future__ import annotations

from collections import deque

from simpy import Environment, Event


class Servers:
    """Open places and the line before them. Who is being served when a place closes is served to the end."""

    def __init__(self, env: Environment, open_now: int, mean: float) -> None:
        self._env, self._open, self._mean = env, open_now, mean
        self._line: deque[tuple[float, Event]] = deque()
        self._busy = 0
        self._since = 0.0
        #: Second of joining and seconds waited, for each who was let in.
        self.waits: list[tuple[float, float]] = []
        self.longest = 0
        #: Person-seconds in the line, and place-seconds taken.
        self.in_line = self.taken = 0.0

    def joined(self) -> Event:
        """An event that happens when a place is free for the one who joins now. `leave` must follow."""
        self._count()
        turn = self._env.event()
        self._line.append((self._env.now, turn))
        self._let_in()
        self.longest = max(self.longest, len(self._line))
        return turn

    def leave(self) -> None:
        self._count()
        self._busy -= 1
        self._let_in()

    def open(self, places: int) -> None:
        self._count()
        self._open = places
        self._let_in()

    def expected_wait(self) -> float:
        """Seconds that somebody who joins now would guess from the line; endless where nothing is open."""
        if self._open == 0:
            return float("inf")
        free = self._open - self._busy
        return 0.0 if free > 0 else (len(self._line) + 1) * self._mean / self._open

    def _let_in(self) -> None:
        while self._line and self._busy < self._open:
            came, turn = self._line.popleft()
            self._busy += 1
            self.waits.append((came, self._env.now - came))
            turn.succeed()

    def _count(self) -> None:
        past = self._env.now - self._since
        self.in_line += past * len(self._line)
        self.taken += past * self._busy
        self._since = self._env.now
