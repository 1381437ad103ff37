"""The least terminal that opens a chip by BAC and reads its files, so that the chip is tested without the real one."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import CommandApdu, Instruction, ResponseApdu, Transport
from gatehouse.documents.chip.cipher import TRIPLE_DES, SessionKeys
from gatehouse.documents.chip.secure_messaging import SecureMessaging
from gatehouse.documents.chip.simulator.files import APPLICATION

RND_IFD = bytes.fromhex("781723860C06C226")
K_IFD = bytes.fromhex("0B795240CB7049B01C19B33E32804F0B")


@dataclass
class Terminal:
    chip: Transport
    session: SecureMessaging | None = None

    def send(self, command: CommandApdu) -> ResponseApdu:
        if self.session is None:
            return ResponseApdu.read(self.chip.transmit(command.encode()))
        protected = self.session.protect_command(command)
        response = ResponseApdu.read(self.chip.transmit(protected.encode()))
        return self.session.unprotect_response(response) if response.data else response

    def ins(self, ins: int, p1: int, p2: int, data: bytes = b"", expected: int | None = None) -> ResponseApdu:
        return self.send(CommandApdu(0x00, ins, p1, p2, data, expected))

    def select_application(self) -> ResponseApdu:
        return self.ins(Instruction.SELECT, 0x04, 0x0C, APPLICATION)

    def select(self, identifier: int) -> ResponseApdu:
        return self.ins(Instruction.SELECT, 0x02, 0x0C, identifier.to_bytes(2, "big"))

    def read(self, offset: int, expected: int) -> ResponseApdu:
        return self.ins(Instruction.READ_BINARY, offset >> 8, offset & 0xFF, expected=expected)

    def read_whole(self, identifier: int, size: int, step: int = 200) -> bytes:
        self.select(identifier).need(Instruction.SELECT)
        data = b""
        while len(data) < size:
            data += self.read(len(data), min(step, size - len(data))).need(Instruction.READ_BINARY)
        return data

    def open(self, key: MrzKey) -> ResponseApdu:
        """BAC with the terminal's numbers of appendix D.3."""
        challenge = self.ins(Instruction.GET_CHALLENGE, 0, 0, expected=8).need(Instruction.GET_CHALLENGE)
        keys = SessionKeys.derive(TRIPLE_DES, key.secret[:16])
        sent = TRIPLE_DES.encrypt(keys.encryption, RND_IFD + challenge + K_IFD)
        sent += TRIPLE_DES.mac(keys.authentication, sent)
        response = self.ins(Instruction.EXTERNAL_AUTHENTICATE, 0, 0, sent, 40)
        if response.is_success:
            opened = TRIPLE_DES.decrypt(keys.encryption, response.data[:32])
            seed = bytes(a ^ b for a, b in zip(K_IFD, opened[16:], strict=True))
            counter = int.from_bytes(challenge[-4:] + RND_IFD[-4:], "big")
            self.session = SecureMessaging(SessionKeys.derive(TRIPLE_DES, seed), counter)
        return response
