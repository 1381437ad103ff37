"""The protocol of the virtual reader, spoken by a reader of the test's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from gatehouse.documents.chip.errors import CardRemovedError, CardTimeoutError, TransportError
from gatehouse.documents.chip.simulator.vpcd import ATR, OnReader, VirtualReader


@dataclass
class Echo:
    """Answers each command with itself and 9000; counts its resets."""

    resets: int = 0
    raising: Exception | None = None
    seen: list[bytes] = field(default_factory=list)

    def transmit(self, command: bytes) -> bytes:
        self.seen.append(command)
        if self.raising is not None:
            raise self.raising
        return command + b"\x90\0"

    def reset(self) -> None:
        self.resets += 1


@dataclass
class Reader:
    """The reader's end of the connection."""

    listener: socket.socket
    connection: socket.socket | None = None

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def accept(self) -> None:
        self.connection, _ = self.listener.accept()
        self.connection.settimeout(2)

    def send(self, content: bytes, split: bool = False) -> None:
        assert self.connection is not None
        message = len(content).to_bytes(2, "big") + content
        for part in (message[:3], message[3:]) if split else (message,):
            self.connection.sendall(part)

    def receive(self) -> bytes:
        """b"" where the chip has gone."""
        assert self.connection is not None
        head = self.connection.recv(2)
        return self.connection.recv(int.from_bytes(head, "big")) if head else b""


@pytest.fixture
def reader() -> Iterator[Reader]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Reader(listener)
        yield made
        if made.connection is not None:
            made.connection.close()


def test_power_and_the_answer_to_reset(reader: Reader) -> None:
    chip = Echo()
    with OnReader(chip, port=reader.port):
        reader.accept()
        for control in (1, 2, 0):
            reader.send(bytes((control,)))
        reader.send(b"\x04")
        assert reader.receive() == ATR
        assert chip.resets == 3


def test_the_answer_to_reset_ends_in_its_checksum() -> None:
    checksum = 0
    for octet in ATR[1:]:
        checksum ^= octet
    assert checksum == 0


@pytest.mark.parametrize("size", [2, 5, 300, 60_000])
def test_commands_of_any_length_are_answered(reader: Reader, size: int) -> None:
    command = bytes(range(256)) * (size // 256 + 1)
    with OnReader(Echo(), port=reader.port):
        reader.accept()
        reader.send(command[:size], split=True)
        answer = b""
        assert reader.connection is not None
        while len(answer) < size + 4:
            answer += reader.connection.recv(65_536)
    assert answer == (size + 2).to_bytes(2, "big") + command[:size] + b"\x90\0"


def test_a_chip_that_leaves_leaves_the_reader(reader: Reader) -> None:
    with OnReader(Echo(raising=CardRemovedError("the document left the reader")), port=reader.port):
        reader.accept()
        reader.send(b"\x00\xa4")
        assert reader.receive() == b""


def test_a_chip_that_is_silent_stays_on_the_reader(reader: Reader) -> None:
    chip = Echo(raising=CardTimeoutError("the chip did not answer in time"))
    with OnReader(chip, port=reader.port):
        reader.accept()
        reader.send(b"\x00\xa4")
        assert reader.connection is not None
        reader.connection.settimeout(0.2)
        with pytest.raises(TimeoutError):
            reader.receive()
    assert chip.seen == [b"\x00\xa4"]


def test_a_document_that_is_taken_away_is_gone(reader: Reader) -> None:
    place = OnReader(Echo(), port=reader.port)
    with place:
        reader.accept()
        place.remove()
        assert reader.receive() == b""


def test_serving_ends_when_the_reader_goes(reader: Reader) -> None:
    served: list[tuple[bytes, bytes]] = []
    place = VirtualReader(port=reader.port)
    thread = threading.Thread(
        target=place.serve, args=(Echo(),), kwargs={"report": lambda *pair: served.append(pair)}, daemon=True
    )
    thread.start()
    reader.accept()
    reader.send(b"\x00\xb0")
    assert reader.receive() == b"\x00\xb0\x90\0"
    assert reader.connection is not None
    reader.connection.close()
    thread.join(2)
    assert not thread.is_alive()
    assert served == [(b"\x00\xb0", b"\x00\xb0\x90\0")]


def test_no_reader_is_one_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(TransportError, match=rf"^no virtual reader listens at 127.0.0.1, port {port}: "):
        VirtualReader(port=port)
