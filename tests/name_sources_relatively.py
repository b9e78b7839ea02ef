#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Makes the files of a unity build the same in every clone, so that ccache knows them again.

usage: name_sources_relatively.py BUILD
Meson names the sources that such a file puts together by their full path. Call it whenever Meson has
configured the folder, before ninja.
"""
import glob
import os
import re
import sys

SOURCE = re.compile(r"-unity\d+\.(c|cpp)$")
INCLUDE = re.compile(r"^#include<(/[^>]+)>$", re.MULTILINE)


def main():
    build = os.path.realpath(sys.argv[1])
    paths = glob.glob(os.path.join(build, "**", "*-unity*"), recursive=True)
    for path in filter(SOURCE.search, paths):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        folder = os.path.dirname(path)
        relative = INCLUDE.sub(
            lambda match: f'#include "{os.path.relpath(match[1], folder)}"', text
        )
        if relative != text:
            with open(path, "w", encoding="utf-8") as file:
                file.write(relative)


if __name__ == "__main__":
    main()
