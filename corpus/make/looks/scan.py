"""Scans: pages of a PDF as pictures with noise, a slight blur, skew and the marks of JPEG, the same on every run."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_MADE = time.struct_time((2024, 1, 2, 8, 0, 0, 1, 2, 0))
_NOISE = 7.0
_BLUR = 0.5
_QUALITY = 55
_GREATEST_SKEW = 2.0  # degrees
_LEAST_SKEW = 1.0


def scan_pdf(source: Path, target: Path, dpi: int) -> Path:
    """A PDF that holds pictures only."""
    first, *others = pages(source, dpi)
    first.save(
        target, "PDF", save_all=True, append_images=others, resolution=dpi, quality=_QUALITY,
        creationDate=_MADE, modDate=_MADE, producer="Skanner",
    )  # fmt: skip
    return target


def scan_tiff(source: Path, target: Path, dpi: int) -> Path:
    """A TIFF with one picture a page."""
    first, *others = pages(source, dpi)
    first.save(target, "TIFF", save_all=True, append_images=others, compression="tiff_lzw", dpi=(dpi, dpi))
    return target


def scan_png(source: Path, target: Path, dpi: int) -> Path:
    """The first page as PNG."""
    next(pages(source, dpi)).save(target, "PNG", dpi=(dpi, dpi))
    return target


def pages(source: Path, dpi: int) -> Iterator[Image.Image]:
    """The pages of a PDF as a scanner gives them: grey, skewed by 1-2 degrees, blurred, noisy, once through JPEG."""
    with pypdfium2.PdfDocument(source) as file:
        for number in range(len(file)):
            random = np.random.default_rng(zlib.crc32(f"{source.stem} {number}".encode()))
            picture = file[number].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            yield _scanned(picture, random, dpi)


def _scanned(picture: Image.Image, random: np.random.Generator, dpi: int) -> Image.Image:
    skew = random.uniform(_LEAST_SKEW, _GREATEST_SKEW) * random.choice([-1, 1])
    picture = picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.filter(ImageFilter.GaussianBlur(_BLUR * dpi / 150))
    light = np.asarray(picture, dtype=np.float32) * 0.93 + 8
    light += random.normal(0, _NOISE, light.shape).astype(np.float32)
    noisy = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
    stored = io.BytesIO()
    noisy.save(stored, "JPEG", quality=_QUALITY)
    return Image.open(io.BytesIO(stored.getvalue())).convert("L")
