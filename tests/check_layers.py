#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Checks that includes go down only, as tests/layers.txt says.

usage: check_layers.py [ROOT]
A folder that the list does not name belongs to the nearest one above it that it does. Prints every
include that is not allowed, and exits with 1 if there are any.
"""
import fnmatch
import os
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
CHECKED = ("core", "models", "gst", "tools", "examples")


def allowed_arrows(path):
    arrows = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.split("#", 1)[0].strip()
            if line:
                folder, below = line.split(":")
                arrows[folder.strip()] = below.split()
    return arrows


def layer_of(path, arrows):
    """The nearest folder of the list that has the file; None outside all of them."""
    folder = os.path.dirname(path)
    while folder and folder not in arrows:
        folder = os.path.dirname(folder)
    return folder or None


def sources(root):
    for top in CHECKED:
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith((".h", ".cpp", ".c", ".cu", ".cuh")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def wrong_includes(root, arrows):
    for path in sources(root):
        own = layer_of(path, arrows)
        with open(os.path.join(root, path), encoding="utf-8") as file:
            text = file.read()
        for included in INCLUDE.findall(text):
            # Relative to the root, as all of ours are; others are of installed libraries.
            if not os.path.exists(os.path.join(root, included)):
                continue
            other = layer_of(included, arrows)
            below = arrows.get(own, [])
            if other != own and not any(fnmatch.fnmatch(other or "", name) for name in below):
                yield f"{path}: {own or 'no layer'} may not include {included} ({other or 'no layer'})"


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    arrows = allowed_arrows(os.path.join(root, "tests", "layers.txt"))
    found = list(wrong_includes(root, arrows))
    for line in found:
        print(line, file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
