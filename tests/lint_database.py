#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Writes the compile database that clang-tidy reads, and prints the files in it.

usage: lint_database.py BUILD OUT_DIR
Takes each of the project's files once from Meson's database, as clang understands it.
"""
import json
import os
import sys


def main():
    build, out = sys.argv[1:]
    root = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    commands = {}
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            path = os.path.realpath(os.path.join(entry["directory"], entry["file"]))
            if not path.startswith(root + os.sep) or path.startswith(os.path.realpath(build) + os.sep):
                continue
            command = entry["command"].removeprefix("ccache ")
            if "-DAT_PER_OPERATOR_HEADERS" in command or "/torch/csrc/api/include" in command:
                # clang 14 cannot make a vector of LibTorch's IValue before IValue is complete, which
                # it is not after some orders of includes. GCC can.
                command += " -include ATen/core/ivalue.h"
            commands[path] = {"directory": entry["directory"], "file": path, "command": command}
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(list(commands.values()), file, indent=1)
    print("\n".join(commands))


if __name__ == "__main__":
    main()
