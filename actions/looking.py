"""What only looks or waits."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from .action import Action, Data, action
from .computer import Computer
from .fields import Seconds
from .frame import Format, Frame
from .geometry import Area
from .waiting import pause


@action("wait")
class Wait(Action):
    """Let time pass."""

    settles: ClassVar[bool] = False
    seconds: Annotated[Seconds, Field(le=600)] = 2.0

    def perform(self, computer: Computer) -> None:
        pause(self.seconds)


@action("screenshot")
class Screenshot(Action):
    """Take a picture: of everything, or of a region at its native pixels, scaled down where limits ask for it.

    ``longest``: the greatest width or height. ``pixels``: the greatest number of pixels. ``format`` and ``quality``
    are for whoever encodes the frame, see :meth:`encoded`.
    """

    settles: ClassVar[bool] = False
    region: Area | None = None
    cursor: bool = False
    longest: Annotated[int, Field(ge=1, le=32_767)] | None = None
    pixels: Annotated[int, Field(ge=1)] | None = None
    format: Format = "png"
    quality: Annotated[int, Field(ge=0, le=100)] | None = None

    def perform(self, computer: Computer) -> Frame:
        frame = computer.screen.grab(self.region)
        if self.cursor and (arrow := computer.screen.cursor()) is not None:
            frame = frame.with_cursor(arrow)
        return frame.fitted(longest=self.longest, pixels=self.pixels)

    def encoded(self, frame: Frame) -> bytes:
        """The frame as the file that this action asks for."""
        return frame.encode(self.format, self.quality)


@action("cursor_position")
class CursorPosition(Action):
    """Tell where the pointer is: {"x": …, "y": …} in pixels."""

    settles: ClassVar[bool] = False

    def perform(self, computer: Computer) -> Data:
        at = computer.screen.pointer()
        return {"x": at.x, "y": at.y}
