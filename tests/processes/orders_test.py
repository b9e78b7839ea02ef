#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Errors end on the bus, and not the process, whatever was loaded before GStreamer and after it.

usage: orders_test.py PROGRAMS LIBRARY...

PROGRAMS is the folder with what is built here, LIBRARY all that programs may load of ours. Modules
that are not installed are left out; it says which.
"""
import ctypes
import importlib.util
import os
import subprocess
import sys
import tempfile

MODULES = ["PIL.Image", "numpy", "torch", "cv2", "PySide2.QtCore", "PySide6.QtCore"]
STDCPP, UNWIND, GCC = "libstdc++.so.6", "libunwind.so.8", "libgcc_s.so.1"
GSTREAMER = "libgstreamer-1.0.so.0"
VIDEO = "videotestsrc num-buffers=5 pattern=ball ! video/x-raw,width=160,height=120 ! "

programs = os.path.abspath(sys.argv[1])
libraries = sys.argv[2:]
play_in_python = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "play.py")]
player = os.path.join(programs, "libplay.so")
failures = 0


def pipelines(folder):
    """What is played, and what has to be printed."""
    model, weights = f"{folder}/model.mvga", f"{folder}/weights.safetensors"
    return [
        (f"{VIDEO}mvgadetect model={folder}/none.mvga ! fakesink", "none.mvga: no such file"),
        (f"{VIDEO}mvgadetect model={model} weights={weights} ! fakesink", "weights.safetensors: not a"),
        (f"{VIDEO}mvgadetect model={model} ! fakesink", "played to its end"),
    ]


def out_of_memory(folder):
    """The same, in which LibTorch itself throws."""
    learn = f"{VIDEO}mvgafit model={folder}/large.mvga input-size=2048 ! fakesink"
    return [("little-memory", "limited"), (learn, "no memory left for the network: ")]


def check(name, command, played, environment=None):
    global failures
    # One that hangs is ended, which is another bad end.
    done = subprocess.run(
        ["timeout", "--kill-after=5", "120"] + command + [each[0] for each in played],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    printed = done.stdout.splitlines()
    good = len(printed) == len(played) and done.returncode == 0
    good = good and all(want in line for line, (_, want) in zip(printed, played))
    print("good  " if good else "FAILED", name, flush=True)
    if not good:
        failures += 1
        print(f"it ended with {done.returncode}\n{done.stdout}{done.stderr}", flush=True)


def is_installed(module):
    try:
        return importlib.util.find_spec(module) is not None
    except ImportError:  # what it is in
        return False


def is_there(library):
    try:
        ctypes.CDLL(library)
        return True
    except OSError:
        return False


def check_python(played):
    if not is_installed("gi"):
        print("left out: Python, which has no gi")
        return
    check("Python", play_in_python + ["", ""], played)
    for module in [STDCPP] + MODULES:
        if module != STDCPP and not is_installed(module):
            print("left out:", module)
            continue
        check(f"Python, {module} first", play_in_python + [module, ""], played)
        check(f"Python, {module} after GStreamer", play_in_python + ["", module], played)


def check_c(played):
    check("C", [programs + "/linked"], played)
    check("C, linked with libgcc as Rust does", [programs + "/linked-with-libgcc"], played)
    for before in [
        [],
        [STDCPP],
        [STDCPP, GSTREAMER],
        [STDCPP, "+" + GSTREAMER],
        ["+" + STDCPP, "+" + GSTREAMER],
        [STDCPP, "+" + UNWIND],
        ["+" + UNWIND, STDCPP],
        ["+" + UNWIND, "+" + GCC, STDCPP],
        ["+" + GCC, "+" + UNWIND],
    ]:
        if "+" + UNWIND in before and not is_there(UNWIND):
            print("left out:", *before)
            continue
        command = [programs + "/loading", *before, player, "--"]
        check("C that loads " + " ".join(before + ["GStreamer"]), command, played)


def check_other_malloc(played):
    """What LibTorch itself throws is left out: see models/whose_symbols_first.h."""
    preload = {"LD_PRELOAD": programs + "/libother-malloc.so"}
    check("another malloc", [programs + "/linked"], played, preload)
    command = [programs + "/loading", STDCPP, "+" + GSTREAMER, player, "--"]
    check("another malloc, and two unwinders", command, played, preload)


def check_libraries():
    """None of ours leaves it to the loader which unwinder it gets."""
    global failures
    for library in libraries:
        wanted = subprocess.run(
            ["nm", "-D", "--undefined-only", library], capture_output=True, text=True, check=True
        ).stdout
        if " _Unwind_Resume" in wanted:
            failures += 1
            print("FAILED", library, "takes the unwinder that the loader gives it")


with tempfile.TemporaryDirectory() as work:
    # No weights but those that are built in.
    os.environ["XDG_DATA_HOME"] = work
    os.environ.pop("MVGA_WEIGHTS_PATH", None)
    learning = f"{VIDEO}mvgafit model={work}/model.mvga input-size=64 ! fakesink"
    check("learning", [programs + "/linked"], [(learning, "played to its end")])
    with open(f"{work}/weights.safetensors", "w", encoding="ascii") as file:
        file.write("no weights")
    errors = pipelines(work)
    check_libraries()
    check_python(errors + out_of_memory(work))
    check_c(errors + out_of_memory(work))
    check_other_malloc(errors)
sys.exit(1 if failures else 0)
