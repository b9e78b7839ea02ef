# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Commands that a page shows: whether what they call exists and takes what it is given.

The environment names the program mvga (MVGA_TOOL) and tests/docs/parse_pipeline.cpp's
(MVGA_PARSE_PIPELINE). What cannot be checked without them, or without an element that this machine
lacks, is told as skipped.
"""
import functools
import os
import re
import shlex
import subprocess
from pathlib import Path

import tool_help
from findings import ROOT, Problem, Skipped

# What is there on any machine, or not ours to know.
OTHERS = {"c++", "cc", "curl", "export", "gst-inspect-1.0", "ldd", "ninja", "rm"}
MESON = {"configure", "devenv", "install", "introspect", "setup", "test"}
MISSING_ELEMENT = 77  # parse_pipeline


def commands_in(text):
    """Each command of a piece of shell as a list of words."""
    for line in text.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError as error:
            raise Problem(f"{error}: {line}") from error
        ends = [i for i, word in enumerate(words) if set(word) <= set("|&;")]
        for start, end in zip([-1, *ends], [*ends, len(words)]):
            yield words[start + 1 : end]


def without_settings(words):
    """The command behind settings of the environment, and before redirections."""
    while words and re.match(r"[A-Z_]+=", words[0]):
        words = words[1:]
    for sign in ("<", ">", "2>"):
        if sign in words:
            words = words[: words.index(sign)]
    return words


def options_in(words):
    """The names of options, without their values; brackets are around what may be left out."""
    words = [word.strip("[]") for word in words]
    return [word.split("=")[0] for word in words if re.match(r"--?[a-zA-Z]", word)]


def check_option(option):
    """One that a sentence names: some command or script takes it."""
    if option not in tool_help.all_options() | script_options():
        raise Problem(f"nothing has an option {option}")


def check_pipeline(words):
    program = os.environ.get("MVGA_PARSE_PIPELINE")
    if not program:
        raise Skipped("the plugin was not built")
    while words and words[0].startswith("-"):
        words = words[1:]
    if not words:
        return
    # What a page leaves out is any element.
    words = ["identity" if word == "..." else word for word in words]
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode == MISSING_ELEMENT and "mvga" not in done.stdout:
        raise Skipped(f"no element {done.stdout.strip()}")
    if done.returncode != 0:
        raise Problem(f"{(done.stdout + done.stderr).strip()}: {' '.join(words)}")


@functools.lru_cache(None)
def build_files():
    folders = ("core", "models", "gst", "tools", "examples", "tests")
    files = [ROOT / "meson.build"]
    for folder in folders:
        files += (ROOT / folder).rglob("meson.build")
    return "".join(file.read_text(encoding="utf-8") for file in files)


@functools.lru_cache(None)
def sources():
    """What our programs are made of."""
    folders = ("models/distill", "examples", "tests/benchmarks")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.cpp")]
    return "".join(file.read_text(encoding="utf-8") for file in files)


@functools.lru_cache(None)
def script_options():
    """All that look like options in our programs and scripts."""
    scripts = [file for folder in ("examples", "tests") for file in (ROOT / folder).rglob("*.sh")]
    text = "".join(file.read_text(encoding="utf-8") for file in scripts) + sources()
    return set(re.findall(r"(?<![\w-])--[a-z][\w-]*", text))


def check_program(path, words):
    """A script of the repository, or a program of a build folder (in which `meson devenv` is)."""
    inside = re.sub(r"^(\.\./|build[\w-]*/)", "", path)
    file = ROOT / inside
    if file.is_file():
        if not os.access(file, os.X_OK):
            raise Problem(f"{path} is not executable")
        text = file.read_text(encoding="utf-8")
    elif inside == "tools/mvga":
        tool_help.check_tool(words, options_in(words))
        return
    elif f"'{Path(inside).name}'" in build_files():
        text = sources()
    else:
        raise Problem(f"there is no {path}")
    for option in options_in(words):
        if option not in text and option not in ("-h", "--help"):
            raise Problem(f"{path} has no option {option}")


def check_meson(words):
    if not words or words[0] not in MESON:
        raise Problem(f"meson {' '.join(words)}")
    if words[0] == "devenv":
        check(words[words.index("-C") + 2 :])
    known = (ROOT / "meson_options.txt").read_text(encoding="utf-8")
    for option in re.findall(r"-D(\w+)=?", " ".join(words)):
        if f"option('{option}'" not in known and option not in ("buildtype", "werror"):
            raise Problem(f"meson_options.txt has no {option}")


def check(words):
    """A command that should work. Raises Problem or Skipped."""
    words = without_settings(words)
    if not words or words[0] in OTHERS:
        return
    name, arguments = words[0], words[1:]
    if name == "mvga":
        tool_help.check_tool(arguments, options_in(arguments))
    elif name == "gst-launch-1.0":
        check_pipeline(arguments)
    elif name == "...":
        check_pipeline(words)
    elif name == "meson":
        check_meson(arguments)
    elif "/" in name or f"'{name}'" in build_files():
        check_program(name, arguments)
    else:
        raise Problem(f"{name} is no command that is known here")


def is_command(words):
    """Whether what may be anything is meant as a command with arguments."""
    words = without_settings(words)
    ours = words and re.match(r"(\.\./|build[\w-]*/)?(examples|tests|tools)/", words[0])
    return len(words) > 1 and bool(words[0] in ("mvga", "gst-launch-1.0", "meson") or ours)
