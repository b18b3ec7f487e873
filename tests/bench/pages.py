"""The page that is looked at: text, three pictures like photographs, a button, a field."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from PIL import Image, ImageFilter


def make(folder: Path) -> str:
    """Put the page into the folder; gives back its address."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("page.html"), folder / "page.html")
    for number in range(3):
        _picture(number).save(folder / f"{number}.png")
    return (folder / "page.html").as_uri()


def _picture(seed: int) -> Image.Image:
    """Soft shapes of many thousand colours. The same at every run."""
    dice = random.Random(seed)
    shapes = Image.frombytes("RGB", (12, 8), dice.randbytes(12 * 8 * 3)).resize(
        (600, 400), Image.Resampling.BICUBIC
    )
    return shapes.filter(ImageFilter.GaussianBlur(3))
