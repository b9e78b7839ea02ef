#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Lists weights files for builtin_weights.cpp, which takes their bytes into the engine.

usage: list_weights.py OUTPUT FILE...    The hashes make the compiler see that a file has changed.
"""
import hashlib
import sys
from pathlib import Path

output, *files = map(Path, sys.argv[1:])
lines = []
for file in files:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    lines.append(f'BUILTIN_WEIGHTS({file.stem}, "{file.resolve()}")  // {digest}\n')
output.write_text("".join(lines), encoding="utf-8")
