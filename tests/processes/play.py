#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Plays pipelines as a program in Python does, and prints how each ends.

usage: play.py BEFORE AFTER PIPELINE...

BEFORE and AFTER: a module or a library (*.so.*) that is loaded before GStreamer and one that is
loaded after it; may be empty. PIPELINE: as for gst-launch-1.0; or little-memory: from then on there
is almost no memory left.
"""
import ctypes
import importlib
import resource
import sys

LEFT = 32 << 20


def load(name):
    if ".so" in name:
        ctypes.CDLL(name)
    elif name:
        importlib.import_module(name)


def limit_memory():
    with open("/proc/self/statm", encoding="ascii") as file:
        pages = int(file.read().split()[0])
    most = pages * resource.getpagesize() + LEFT
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    return "limited"


def play(description):
    pipeline = Gst.parse_launch(description)
    pipeline.set_state(Gst.State.PLAYING)
    ends = Gst.MessageType.EOS | Gst.MessageType.ERROR
    message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, ends)
    pipeline.set_state(Gst.State.NULL)
    if message.type == Gst.MessageType.EOS:
        return "played to its end"
    return message.parse_error()[0].message


load(sys.argv[1])
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
load(sys.argv[2])
for each in sys.argv[3:]:
    print(limit_memory() if each == "little-memory" else play(each), flush=True)
