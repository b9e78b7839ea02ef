# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""What the program mvga takes, by its own help. MVGA_TOOL is its path."""
import functools
import os
import re
import subprocess

from findings import Problem, Skipped


@functools.lru_cache(None)
def help_of(*command):
    tool = os.environ.get("MVGA_TOOL")
    if not tool:
        raise Skipped("the program mvga was not built")
    arguments = [tool, *command, "--help"]
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


def commands_below(*command):
    return re.findall(r"^  (\w+)  ", help_of(*command).partition("Subcommands:")[2], re.MULTILINE)


def options_of(*command):
    return set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", help_of(*command)))


@functools.lru_cache(None)
def all_options(*command):
    """The command's and those of all below it."""
    return options_of(*command).union(
        *(all_options(*command, name) for name in commands_below(*command))
    )


def check_tool(words, options):
    """The words behind mvga, among them these options. Capitals stand for something."""
    command = []
    while commands_below(*command) and words and words[0][0].islower():
        if words[0] not in commands_below(*command):
            raise Problem(f"{' '.join(['mvga', *command])} has no command {words[0]}")
        command.append(words[0])
        words = words[1:]
    known = options_of(*command) if command else all_options()
    for option in options:
        if option not in known:
            raise Problem(f"{' '.join(['mvga', *command])} has no option {option}")
