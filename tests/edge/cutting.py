"""A way through the network that is cut at random: before the question arrives, or after it, before the answer does."""

from __future__ import annotations

import random
import socket
import threading
from contextlib import suppress


class CuttingProxy:
    """Listens on 127.0.0.1:`port` and passes connections on to `target`, of which it cuts a part in the middle."""

    def __init__(self, target: int, *, cut: float, seed: int) -> None:
        self._target, self._cut, self._chance = target, cut, random.Random(seed)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.cut_before = self.cut_after = self.passed = 0
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
                far.sendall(piece)
        self._end(far)

    def _answer(self, near: socket.socket, far: socket.socket, doomed: threading.Event) -> None:
        with suppress(OSError):
            while piece := far.recv(1 << 20):
                if doomed.is_set():
                    self.cut_after += 1
                    break
                near.sendall(piece)
                self.passed += 1
        self._end(near)

    @staticmethod
    def _end(way: socket.socket) -> None:
        with suppress(OSError):
            way.shutdown(socket.SHUT_RDWR)
