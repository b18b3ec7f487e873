"""A picture of the display, and what is made of it: encoded, scaled, cropped, redacted, with the pointer drawn in."""

from __future__ import annotations

import time
from collections.abc import Iterable
from ctypes import CDLL, Structure, byref, c_int, c_size_t, c_ssize_t, c_void_p, py_object, pythonapi
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from .geometry import Point, Region, Size

if TYPE_CHECKING:
    from PIL.Image import Image

    from .screen import Cursor

Format = Literal["png", "jpeg", "webp"]

BYTES_PER_PIXEL = 4

_memcmp = CDLL(None).memcmp  # a memoryview compares byte by byte in Python; this is 100 times faster
_memcmp.argtypes = (c_void_p, c_void_p, c_size_t)
_memcmp.restype = c_int


class Frame:
    """Pixels, as they were at one moment.

    ``pixels``: blue, green, red, unused; one byte each, rows from the top without padding, so
    ``size.height * size.width * 4`` bytes. They never change.
    ``region``: what part of the display they show. Its size differs from ``size`` once the frame was scaled.
    ``taken``: time.time() of the grab.
    """

    __slots__ = ("_encoded", "pixels", "region", "size", "taken")

    def __init__(
        self,
        pixels: bytes | memoryview,
        size: Size,
        *,
        region: Region | None = None,
        taken: float | None = None,
    ) -> None:
        if len(pixels) != size.width * size.height * BYTES_PER_PIXEL:
            raise ValueError(f"{len(pixels)} bytes are not {size.width}×{size.height} pixels")
        self.pixels = pixels
        self.size = size
        self.region = region or Region(0, 0, *size)
        self.taken = time.time() if taken is None else taken
        self._encoded: dict[tuple[str, int | None], bytes] = {}

    def __repr__(self) -> str:
        return f"Frame({self.size.width}×{self.size.height} of {tuple(self.region)})"

    def same_as(self, other: Frame) -> bool:
        """Whether both show the same region with the same pixels."""
        if self.size != other.size or self.region != other.region:
            return False
        if self.pixels is other.pixels:
            return True
        return bool(_memcmp(_address(self.pixels), _address(other.pixels), len(self.pixels)) == 0)

    def encode(self, format: Format = "png", quality: int | None = None) -> bytes:
        """The picture as a file. Each form is made once.

        ``quality``: for png the effort, 0 (fastest, the default) to 9 (smallest); for jpeg 1–100, default 85; for webp
        1–100, lossless when it is not given.
        """
        from .encoding import ENCODERS  # noqa: PLC0415 - Pillow is loaded when a picture is made, not on import

        key = (format, quality)
        if key not in self._encoded:
            self._encoded[key] = ENCODERS[format](self, quality)
        return self._encoded[key]

    def image(self) -> Image:
        """A Pillow image in RGB; a copy."""
        from PIL import Image  # noqa: PLC0415 - see encode

        return Image.frombuffer("RGB", (self.size.width, self.size.height), self.pixels, "raw", "BGRX", 0, 1)  # type: ignore[arg-type]

    @staticmethod
    def of(image: Image, region: Region | None = None, taken: float | None = None) -> Frame:
        """The frame with a Pillow image's pixels."""
        rgb = image if image.mode == "RGB" else image.convert("RGB")
        return Frame(rgb.tobytes("raw", "BGRX"), Size(*rgb.size), region=region, taken=taken)

    def pixel(self, at: Point) -> tuple[int, int, int]:
        """Red, green and blue of one of its pixels."""
        start = (at.y * self.size.width + at.x) * BYTES_PER_PIXEL
        blue, green, red = self.pixels[start : start + 3]
        return red, green, blue

    def crop(self, part: Region) -> Frame:
        """A part of it at its own pixels; ``part`` counts in this frame's pixels. Raises BadRegion."""
        part.inside(self.size)
        stride, row = self.size.width * BYTES_PER_PIXEL, part.width * BYTES_PER_PIXEL
        view, left = memoryview(self.pixels), part.x * BYTES_PER_PIXEL
        pixels = b"".join(
            view[line * stride + left : line * stride + left + row] for line in range(part.y, part.bottom)
        )
        return Frame(pixels, Size(part.width, part.height), region=self._shown(part), taken=self.taken)

    def scaled(self, to: Size) -> Frame:
        """The same picture with other pixels, by an area-true filter (Lanczos, with box reduction when far)."""
        from PIL.Image import Resampling  # noqa: PLC0415 - see encode

        if to == self.size:
            return self
        image = self.image().resize((to.width, to.height), Resampling.LANCZOS, reducing_gap=3.0)
        return Frame.of(image, region=self.region, taken=self.taken)

    def fitted(self, *, longest: int | None = None, pixels: int | None = None) -> Frame:
        """Scaled down, aspect kept, until neither limit is passed; never scaled up.

        ``longest``: the greatest width or height. ``pixels``: the greatest number of pixels.
        """
        width, height = self.size
        shrink = 1.0
        if longest is not None:
            shrink = min(shrink, longest / max(width, height))
        if pixels is not None:
            shrink = min(shrink, (pixels / (width * height)) ** 0.5)
        if shrink == 1.0:
            return self
        return self.scaled(Size(max(1, int(width * shrink)), max(1, int(height * shrink))))

    def redacted(self, regions: Iterable[Region]) -> Frame:
        """With those regions of the display painted black; what lies outside the frame is passed over."""
        from PIL import ImageDraw  # noqa: PLC0415 - see encode

        image = self.image()
        draw = ImageDraw.Draw(image)
        across, down = self.size.width / self.region.width, self.size.height / self.region.height
        for one in regions:
            left, top = (one.x - self.region.x) * across, (one.y - self.region.y) * down
            right, bottom = (one.right - self.region.x) * across, (one.bottom - self.region.y) * down
            # every pixel that shows a bit of it; Pillow's right and bottom are inside
            draw.rectangle((floor(left), floor(top), ceil(right) - 1, ceil(bottom) - 1), fill=(0, 0, 0))
        return Frame.of(image, region=self.region, taken=self.taken)

    def with_cursor(self, cursor: Cursor) -> Frame:
        """With the pointer drawn in, as far as it lies inside."""
        from PIL import Image  # noqa: PLC0415 - see encode

        image = self.image()
        size = (cursor.size.width, cursor.size.height)
        arrow = Image.frombuffer("RGBa", size, cursor.pixels, "raw", "RGBa", 0, 1).convert("RGBA")
        left = cursor.at.x - cursor.hot.x - self.region.x
        top = cursor.at.y - cursor.hot.y - self.region.y
        image.paste(arrow, (left, top), arrow)
        return Frame.of(image, region=self.region, taken=self.taken)

    def to_display(self, at: Point) -> Point:
        """The display's pixel that this frame's pixel shows (its middle, when it shows several)."""
        return Point(
            self.region.x + int((at.x + 0.5) * self.region.width / self.size.width),
            self.region.y + int((at.y + 0.5) * self.region.height / self.size.height),
        )

    def _shown(self, part: Region) -> Region:
        if (self.region.width, self.region.height) == tuple(self.size):
            return Region(self.region.x + part.x, self.region.y + part.y, part.width, part.height)
        first = self.to_display(Point(part.x, part.y))
        last = self.to_display(Point(part.right - 1, part.bottom - 1))
        return Region(*first, last.x - first.x + 1, last.y - first.y + 1)


class _Buffer(Structure):
    """Py_buffer, PEP 3118; only the address is read."""

    _fields_ = (
        ("buf", c_void_p),
        ("obj", py_object),
        ("sizes", c_ssize_t * 2),
        ("flags", c_int * 2),
        ("pointers", c_void_p * 5),
    )


def _address(pixels: bytes | memoryview) -> int | None:
    """Where the bytes lie. The caller keeps them alive."""
    buffer = _Buffer()
    pythonapi.PyObject_GetBuffer(py_object(pixels), byref(buffer), 0)
    address: int | None = buffer.buf
    pythonapi.PyBuffer_Release(byref(buffer))
    return address
