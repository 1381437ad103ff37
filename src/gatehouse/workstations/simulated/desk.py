"""What lies on a simulated desk at this moment: the one thing that its devices share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from gatehouse.workstations.devices import (
    ImageTaken,
    Light,
    Observation,
    PageDone,
    Placed,
    Removed,
    SymbolRead,
    ZoneRead,
)
from gatehouse.workstations.simulated import page
from gatehouse.workstations.simulated.specimen import Mishap, Source, Specimen


@dataclass
class SimulatedDesk:
    """Documents come when they are awaited, and lie there until the next one is."""

    source: Source
    #: Seconds from the waiting of a console to the next document.
    comes_after_s: float
    #: Seconds from the placing to the zone, and from each picture to the next.
    step_s: float
    specimen: Specimen | None = field(default=None, init=False)
    page: asyncio.Queue[Observation] = field(default_factory=asyncio.Queue, init=False)
    symbols: asyncio.Queue[Observation] = field(default_factory=asyncio.Queue, init=False)
    #: Called where the chip reader is unplugged.
    unplugged: Callable[[], None] = field(default=lambda: None, init=False)
    _coming: asyncio.Task[None] | None = field(default=None, init=False)
    _on_the_way: bool = field(default=False, init=False)

    def awaited(self) -> None:
        """A console waits: the next traveller steps up, unless one is on the way."""
        if self._coming is not None and not self._coming.done():
            if self.specimen is not None or self._on_the_way:
                return
            self._coming.cancel()  # the document was pulled before its page was done
        self._coming = asyncio.get_running_loop().create_task(self._come())

    def mishap_in(self, loop: asyncio.AbstractEventLoop) -> Callable[[], None]:
        """For the thread that reads the chip: lets happen what is to happen, in the agent's loop."""
        specimen = self.specimen

        def happen() -> None:
            if specimen is not None and specimen.mishap is Mishap.UNPLUGGED:
                loop.call_soon_threadsafe(self.unplugged)
            else:
                loop.call_soon_threadsafe(self._take_away, specimen)

        return happen

    def _take_away(self, specimen: Specimen | None) -> None:
        if self.specimen is not None and self.specimen is specimen:
            self.specimen = None
            self.page.put_nowait(Removed())

    async def _come(self) -> None:
        self._take_away(self.specimen)
        self._on_the_way = True
        await asyncio.sleep(self.comes_after_s)
        self._on_the_way = False
        specimen = self.specimen = self.source.next()
        if specimen is None:
            return
        self.page.put_nowait(Placed())
        if specimen.boarding_pass:
            self.symbols.put_nowait(SymbolRead("PDF417", specimen.boarding_pass.encode()))
        await self._see(specimen, *([] if specimen.mishap is Mishap.NO_ZONE else [ZoneRead(specimen.mrz)]))
        printed = "" if specimen.mishap is Mishap.NO_ZONE else specimen.mrz
        number = specimen.chip.can.digits if specimen.chip and specimen.chip.can else ""
        for light in Light:
            await self._see(specimen, ImageTaken(light, page.draw(printed, light, number)))
        if self.specimen is specimen:
            self.page.put_nowait(PageDone())

    async def _see(self, specimen: Specimen, *seen: Observation) -> None:
        """What the reader sees one step later, if the document still lies there."""
        await asyncio.sleep(self.step_s)
        if self.specimen is specimen:
            for each in seen:
                self.page.put_nowait(each)
