#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""A page leads nowhere wrong: its links and the files that it names exist, and so does what its
commands call.

usage: document_test.py PAGE...
Pages are named as in the repository. With more than one it only looks whether those are all that
there are, and whether docs/README.md names each one in docs/.
Exit code 77: nothing is wrong, but this machine lacks what some commands need.
"""
import functools
import itertools
import os
import re
import sys

import markdown
import shown_commands
from findings import ROOT, Problem, Skipped

OURS = re.compile(r"(core|models|gst|tools|tests|examples|docs|\.ci)/[\w.{},/-]*")


def broken_links(page):
    for link in page.links:
        path, _, anchor = link.partition("#")
        if ":" in path:
            continue  # of the web
        target = (page.path.parent / path).resolve() if path else page.path
        if not target.exists():
            yield f"the link {link} leads nowhere"
        elif anchor and anchor not in markdown.Page(target).anchors():
            yield f"the link {link} leads to no heading"


def expanded(path):
    """a/{b,c} as a/b and a/c."""
    parts = [part.split(",") for part in re.split(r"[{}]", path)]
    return ("".join(choice) for choice in itertools.product(*parts))


def missing_files(page):
    for span in filter(OURS.fullmatch, page.spans):
        for path in expanded(span):
            if not (ROOT / path).exists() and not (page.path.parent / path).exists():
                yield f"there is no {path}"


def shown(page):
    """Every command of the page, as words."""
    for language, text in page.blocks:
        if language == "sh":
            yield from shown_commands.commands_in(text)
        elif not language:
            yield from filter(shown_commands.is_command, shown_commands.commands_in(text))
    for span in page.spans:
        if span.count("'") % 2 == 0 and span.count('"') % 2 == 0:
            yield from filter(shown_commands.is_command, shown_commands.commands_in(span))


def wrong_commands(page, skipped):
    try:
        checks = [functools.partial(shown_commands.check, words) for words in shown(page)]
    except Problem as problem:
        yield str(problem)
        return
    for span in page.spans:
        if span.startswith("--"):
            checks.append(functools.partial(shown_commands.check_option, span.split()[0]))
    for check in checks:
        try:
            check()
        except Problem as problem:
            yield str(problem)
        except Skipped as reason:
            skipped.add(str(reason))


def wrong_code(page):
    for language, text in page.blocks:
        if language == "python":
            try:
                compile(text, str(page.path), "exec")
            except SyntaxError as error:
                yield f"no Python: {error}"


def check_page(name):
    page = markdown.Page(ROOT / name)
    skipped = set()
    problems = [
        *broken_links(page),
        *missing_files(page),
        *wrong_commands(page, skipped),
        *wrong_code(page),
    ]
    for problem in problems:
        print(f"{name}: {problem}")
    for reason in sorted(skipped):
        print(f"{name}: skipped: {reason}")
    return 1 if problems else 77 if skipped else 0


def all_pages():
    """Those of the repository, not those that a build leaves behind."""
    for folder, folders, files in os.walk(ROOT):
        if folder == str(ROOT):
            folders[:] = [f for f in folders if re.match(r"(?!build|quickstart-out)[\w]", f)]
        for file in files:
            if file.endswith(".md"):
                yield os.path.relpath(os.path.join(folder, file), ROOT)


def check_list(names):
    problems = [f"{page} is not tested" for page in sorted(set(all_pages()) - set(names))]
    contents = markdown.Page(ROOT / "docs/README.md").links
    for name in names:
        folder, _, file = name.rpartition("/")
        if folder == "docs" and file != "README.md" and file not in contents:
            problems.append(f"docs/README.md does not name {file}")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    pages = sys.argv[1:]
    sys.exit(check_page(pages[0]) if len(pages) == 1 else check_list(pages))
