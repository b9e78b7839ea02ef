#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""False alarms on another day: good test pictures in another light, a little out of focus, moved,
compressed or noisy, against a model that was learned without any of that. Prints a Markdown table:
pictures over the threshold that promises 1 %, of how many. No times.

usage: another_day.py [--keep FOLDER] MVGA CATEGORY... [-- FIT_OPTION...]
MVGA is the program, each CATEGORY a folder as for `mvga evaluate`; the options go to `mvga fit`.
The changed pictures and their verdicts go to FOLDER, where they are not made a second time.
Debian: python3-numpy python3-pil
"""
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

MOST = 60  # good pictures of a set, evenly spread


def by_value(curve):
    def change(picture, _):
        values = curve(np.asarray(picture, np.float64) / 255)
        return Image.fromarray(np.uint8(np.clip(np.round(255 * values), 0, 255)))

    return change


def out_of_focus(picture, _):
    """1 pixel of deviation at a side of 512."""
    return picture.filter(ImageFilter.GaussianBlur(max(picture.size) / 512))


def placed(picture, shift, degrees):
    """The picture as a camera that has been moved sees it: its border is mirrored outwards."""
    width, height = picture.size
    margin = max(width, height) // 16 + 2
    padded = np.pad(np.asarray(picture), ((margin, margin), (margin, margin), (0, 0)), "reflect")
    turned = Image.fromarray(padded).rotate(degrees, Image.BICUBIC)
    x, y = margin + round(shift * width), margin + round(shift * height)
    return turned.crop((x, y, x + width, y + height))


def compressed(picture, _):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=60)
    return Image.open(file).convert("RGB")


def noisy(picture, seed):
    """Of a sensor: 2 % of white."""
    values = np.asarray(picture, np.float64)
    noise = np.random.default_rng(seed).normal(0, 0.02 * 255, values.shape)
    return Image.fromarray(np.uint8(np.clip(np.round(values + noise), 0, 255)))


CHANGES = {
    "as it is": lambda picture, _: picture,
    "20 % darker": by_value(lambda v: 0.8 * v),
    "20 % brighter": by_value(lambda v: 1.2 * v),
    "gamma 0.8": by_value(lambda v: v**0.8),
    "gamma 1.25": by_value(lambda v: v**1.25),
    "warm": by_value(lambda v: v * [1.1, 1, 0.9]),
    "cool": by_value(lambda v: v * [0.9, 1, 1.1]),
    "out of focus": out_of_focus,
    "moved 1 %": lambda picture, _: placed(picture, 0.01, 0),
    "turned 1 degree": lambda picture, _: placed(picture, 0, 1),
    "JPEG 60": compressed,
    "noise": noisy,
}


def good_pictures(category):
    files = sorted(p for p in (category / "test" / "good").iterdir() if p.is_file())
    return [files[i * len(files) // min(len(files), MOST)] for i in range(min(len(files), MOST))]


def false_alarms(mvga, model, category, change, folder):
    folder = folder / category.name / change.replace(" ", "-").replace("%", "percent")
    if not folder.exists():
        folder.mkdir(parents=True)
        for seed, file in enumerate(good_pictures(category)):
            picture = CHANGES[change](Image.open(file).convert("RGB"), seed)
            picture.save(folder / (file.stem + ".png"), compress_level=1)
    predict = [mvga, "predict", model, folder]
    lines = subprocess.run(predict, check=True, capture_output=True, text=True).stdout.splitlines()
    verdicts = [line for line in map(json.loads, lines) if "score" in line]
    return sum(v["anomalous"] for v in verdicts), len(verdicts)


def main():
    arguments = sys.argv[1:]
    options = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, options = arguments[:at], arguments[at + 1 :]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if arguments[0] == "--keep":
            folder, arguments = Path(arguments[1]), arguments[2:]
        mvga, *categories = arguments
        print("| set | " + " | ".join(CHANGES) + " |\n|" + "---|" * (len(CHANGES) + 1))
        sums = dict.fromkeys(CHANGES, 0)
        pictures = 0
        for category in map(Path, categories):
            model = Path(temporary) / "model.mvga"
            fit = [mvga, "fit", category / "train" / "good", "-o", model, "-q", *options]
            subprocess.run(fit, check=True)
            row = {c: false_alarms(mvga, model, category, c, folder) for c in CHANGES}
            pictures += next(iter(row.values()))[1]
            for change, (alarms, _) in row.items():
                sums[change] += alarms
            cells = [str(alarms) for alarms, _ in row.values()]
            name = f"{category.name} ({next(iter(row.values()))[1]})"
            print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
        print(f"| all ({pictures}) | " + " | ".join(map(str, sums.values())) + " |")


if __name__ == "__main__":
    main()
