"""Encoded frames, judged by what Pillow decodes from them."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from deskhand.actions import encoding
from deskhand.actions.errors import InvalidAction
from deskhand.actions.frame import Format, Frame
from deskhand.actions.geometry import Region, Size


def noise(size: Size, seed: int = 1) -> Frame:
    """Every byte at random, also the unused fourth ones."""
    return Frame(Random(seed).randbytes(size.width * size.height * 4), size)


def decoded(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("size", [Size(1, 1), Size(1, 9), Size(7, 1), Size(63, 65), Size(1280, 720)])
@pytest.mark.parametrize("effort", [None, 0, 1, 6, 9])
def test_a_png_gives_back_every_pixel(size: Size, effort: int | None) -> None:
    if effort == 9 and size.width > 1000:
        size = Size(320, 200)  # the greatest effort takes seconds on noise
    frame = noise(size)
    image = decoded(frame.encode("png", effort))
    assert image.format == "PNG"
    assert image.mode == "RGB"
    assert image.tobytes() == frame.image().tobytes()


@pytest.mark.parametrize("effort", [0, 5])
def test_a_png_without_isal_is_the_same_picture(monkeypatch: pytest.MonkeyPatch, effort: int) -> None:
    frame = noise(Size(50, 40))
    monkeypatch.setattr(encoding, "isal_zlib", None)
    assert encoding.deflater() == "zlib"
    assert decoded(encoding.png(frame, effort)).tobytes() == frame.image().tobytes()


def test_more_effort_makes_a_smaller_png() -> None:
    plain = Frame(bytes(Region(0, 0, 200, 200).area * 4), Size(200, 200))
    assert len(plain.encode("png", 9)) < len(plain.encode("png", 0))


def test_a_lossless_webp_gives_back_every_pixel() -> None:
    frame = noise(Size(64, 48))
    assert decoded(frame.encode("webp")).convert("RGB").tobytes() == frame.image().tobytes()


@pytest.mark.parametrize("form", ["jpeg", "webp"])
def test_quality_costs_bytes(form: Format) -> None:
    frame = noise(Size(120, 80))
    assert len(frame.encode(form, 20)) < len(frame.encode(form, 90))


def test_a_jpeg_keeps_one_pixel_lines_of_colour() -> None:
    image = Image.new("RGB", (64, 64), "white")
    for column in range(0, 64, 2):
        image.paste((255, 0, 0), (column, 0, column + 1, 64))
    shown = decoded(Frame.of(image).encode("jpeg", 95))
    red, white = shown.getpixel((20, 30)), shown.getpixel((21, 30))
    assert isinstance(red, tuple) and isinstance(white, tuple)
    assert red[0] - red[1] > 150
    assert min(white) > 200


@pytest.mark.parametrize(
    ("form", "quality"), [("png", 10), ("png", -1), ("jpeg", 0), ("jpeg", 101), ("webp", 101)]
)
def test_a_quality_that_is_none_is_refused(form: Format, quality: int) -> None:
    with pytest.raises(InvalidAction, match="from"):
        noise(Size(4, 4)).encode(form, quality)


def test_the_same_form_is_encoded_once() -> None:
    frame = noise(Size(30, 30))
    assert frame.encode("png") is frame.encode("png")
    assert frame.encode("png", 6) is not frame.encode("png")
