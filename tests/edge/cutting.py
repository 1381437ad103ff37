"""A way through the network that is cut at random: before the question arrives, or after it, before the answer does."""

from __future__ import annotations

import random
import socket
import threading
import time
from contextlib import suppress

#: A slow way passes so many bytes in so many seconds: 20 kB/s.
_SLOW_BYTES, _SLOW_S = 1000, 0.05


class CuttingProxy:
    """Listens on 127.0.0.1:`port` and passes connections on to `target`, of which it cuts a part in the middle.

    A part of what it passes is `slow`: it waits, and then goes on in small pieces, as by a poor radio link.
    """

    def __init__(self, target: int, *, cut: float, seed: int, slow: float = 0) -> None:
        self._target, self._cut, self._chance, self._slow = target, cut, random.Random(seed), slow
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.cut_before = self.cut_after = self.passed = self.slowed = 0
        self.is_down = False
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                threading.Thread(target=self._pass, args=(near,), daemon=True).start()

    def _pass(self, near: socket.socket) -> None:
        with near, suppress(OSError), socket.create_connection(("127.0.0.1", self._target), timeout=10) as far:
            doomed = threading.Event()
            back = threading.Thread(target=self._answer, args=(near, far, doomed), daemon=True)
            back.start()
            self._ask(near, far, doomed)
            back.join(timeout=10)

    def _ask(self, near: socket.socket, far: socket.socket, doomed: threading.Event) -> None:
        """Every piece of a question is a fresh throw of the dice."""
        with suppress(OSError):
            while piece := near.recv(1 << 20):
                fate = self._chance.random()
                if self.is_down or fate < self._cut / 2:
                    self.cut_before += 1
                    break
                if fate < self._cut:
                    doomed.set()
                self._send(far, piece)
        self._end(far)

    def _answer(self, near: socket.socket, far: socket.socket, doomed: threading.Event) -> None:
        with suppress(OSError):
            while piece := far.recv(1 << 20):
                if doomed.is_set():
                    self.cut_after += 1
                    break
                self._send(near, piece)
                self.passed += 1
        self._end(near)

    def _send(self, way: socket.socket, piece: bytes) -> None:
        if self._chance.random() >= self._slow:
            way.sendall(piece)
            return
        self.slowed += 1
        for start in range(0, len(piece), _SLOW_BYTES):
            time.sleep(_SLOW_S)
            way.sendall(piece[start : start + _SLOW_BYTES])

    @staticmethod
    def _end(way: socket.socket) -> None:
        with suppress(OSError):
            way.shutdown(socket.SHUT_RDWR)
