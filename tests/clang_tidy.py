#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Runs clang-tidy over the project's files that Meson's compile database has.

usage: clang_tidy.py BUILD OUT_DIR [FILE...]
All files by default. Most of clang-tidy's time goes into headers, so files that are compiled with
the same flags are looked at together, some at a time, as if they were one; findings name the real
file and line. Prints them, and exits with 1 if there are any.

What was found clean is not looked at again as long as all that clang-tidy saw is the same: its
version, settings and flags, and every byte of the files and of the headers that they include. That
is kept in MVGA_TIDY_CACHE (~/.cache/mvga/clang-tidy) and holds for any clone; delete it to look at
everything again.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
TOGETHER = 24
FINDING = re.compile(r"^(?P<path>/[^:\n]+):(?P<line>\d+):(?P<rest>\d+: .*)$", re.MULTILINE)
# clang 14 cannot make a vector of LibTorch's IValue before IValue is complete, which it is not after
# some orders of includes. GCC can.
TORCH = ("-DAT_PER_OPERATOR_HEADERS", "/torch/csrc/api/include")
TORCH_FIRST = ["-include", "ATen/core/ivalue.h"]
# The analyzer follows calls into small functions only: a fifth of its time.
ANALYZER = ["-Xclang", "-analyzer-config", "-Xclang", "mode=shallow"]

# What differs between programs, but not in what clang-tidy sees: how code is made, and a target's
# own folders, as our includes begin at the root (and <mvga/...> in the folders that are kept).
UNSEEN = re.compile(r"-(O|g|f|W|pthread).*|-I(?!\.$|\.\.$|.*(models/api|gst/meta)$)[^/].*")


def flags_of(command):
    """What is left of a compiler's command without the names of files."""
    words = iter(shlex.split(command.removeprefix("ccache ")))
    flags = []
    for word in words:
        if word in ("-o", "-MF", "-MQ", "-c"):  # Meson puts the source behind -c
            next(words)
        elif word != "-MD" and not UNSEEN.fullmatch(word):
            flags.append(word)
    return flags


def entries(build):
    """(folder, path, flags) of each of the project's files once."""
    build = os.path.realpath(build)
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        database = json.load(file)
    found = {}
    for entry in database:
        path = os.path.realpath(os.path.join(entry["directory"], entry["file"]))
        if path.startswith(ROOT + os.sep) and not path.startswith(build + os.sep):
            found[path] = (entry["directory"], path, flags_of(entry["command"]))
    return united(list(found.values()))


def kind_of(flags):
    """What differs between files in what clang-tidy makes of them: the language, and LibTorch with
    all of its headers or with few."""
    return [f for f in flags if f.startswith("-std=")], [any(p in f for f in flags) for p in TORCH]


def united(files):
    """The same with the flags of all files of a kind for each of them: a folder of headers or a
    define that a file does not need changes nothing in what is found."""
    shared = {}
    for folder, _, flags in files:
        shared.setdefault((folder, flags[0], str(kind_of(flags))), set()).update(flags[1:])
    united_flags = {kind: [kind[1], *sorted(flags)] for kind, flags in shared.items()}
    for flags in united_flags.values():
        if any(kind_of(flags)[1]):
            flags += TORCH_FIRST
    return [
        (folder, path, united_flags[folder, flags[0], str(kind_of(flags))])
        for folder, path, flags in sorted(files, key=lambda file: file[1])
    ]


def settings_of(path):
    """The folder of the .clang-tidy that counts for the file."""
    folder = os.path.dirname(path)
    while not os.path.exists(os.path.join(folder, ".clang-tidy")):
        folder = os.path.dirname(folder)
    return folder


def groups(files):
    """Lists of (folder, path, flags) that one run takes. C has no namespaces: one at a time."""
    alike = {}
    for folder, path, flags in files:
        alone = path if path.endswith(".c") else None
        alike.setdefault((folder, tuple(flags), settings_of(path), alone), []).append(path)
    for (folder, flags, settings, _), paths in alike.items():
        for start in range(0, len(paths), TOGETHER):
            yield folder, flags, settings, paths[start : start + TOGETHER]


def settings_files():
    """Every .clang-tidy of the sources; build folders hold copies."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        if "build.ninja" in names:
            folders.clear()
        elif ".clang-tidy" in names:
            found.append(os.path.join(folder, ".clang-tidy"))
    return sorted(found)


class Bundle:
    """Several files in one, and where each of its lines comes from."""

    def __init__(self, out, name, settings, paths):
        folder = os.path.join(out, os.path.relpath(settings, ROOT))
        os.makedirs(folder, exist_ok=True)
        extension = os.path.splitext(paths[0])[1]
        self.name = name
        self.paths = paths
        self.path = os.path.realpath(os.path.join(folder, f"bundle-{name}{extension}"))
        self.lines = []
        # What a file includes from its own folder, which is not the bundle's.
        self.folders = [f"-iquote{folder}" for folder in sorted({os.path.dirname(p) for p in paths})]
        with open(self.path, "w", encoding="utf-8") as bundle:
            for path in paths:
                with open(path, encoding="utf-8") as source:
                    text = source.readlines()
                bundle.writelines(text)
                self.lines += [(path, line) for line in range(1, len(text) + 1)]

    def real(self, match):
        if match["path"] != self.path:
            return match[0]
        path, line = self.lines[min(int(match["line"]), len(self.lines)) - 1]
        return f"{path}:{line}:{match['rest']}"


class CleanGroups:
    """The groups that were found clean, each with the hashes of all files that were seen then."""

    def __init__(self):
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        self.folder = os.environ.get("MVGA_TIDY_CACHE") or os.path.join(cache, "mvga", "clang-tidy")
        os.makedirs(self.folder, exist_ok=True)
        version = subprocess.run(
            ["clang-tidy", "--version"], check=True, capture_output=True, text=True
        ).stdout
        self.common = version + "".join(self.settings())
        self.hashes = {}

    @staticmethod
    def settings():
        for path in settings_files():
            with open(path, encoding="utf-8") as file:
                yield os.path.relpath(path, ROOT) + file.read()

    def hash_of(self, path):
        if path not in self.hashes:
            try:
                with open(path, "rb") as file:
                    self.hashes[path] = hashlib.sha256(file.read()).hexdigest()
            except OSError:
                self.hashes[path] = None
        return self.hashes[path]

    def record(self, group):
        """The file that knows the group; the same in another clone."""
        folder, flags, settings, paths = group
        names = [os.path.relpath(path, ROOT) for path in (settings, *paths)]
        words = [word.replace(ROOT + os.sep, "") for word in flags]
        where = os.path.relpath(folder, ROOT)
        text = json.dumps([self.common, where, words, names])
        return os.path.join(self.folder, hashlib.sha256(text.encode()).hexdigest() + ".json")

    def has(self, group):
        try:
            with open(self.record(group), encoding="utf-8") as file:
                seen = json.load(file)
        except (OSError, ValueError):
            return False
        return all(self.hash_of(os.path.join(ROOT, path)) == known for path, known in seen.items())

    def add(self, group, parts):
        """Remembers what the compiler sees of the bundles. (clang-tidy itself cannot list it.)"""
        folder, flags, _, paths = group
        seen = set(paths)
        for bundle in parts:
            listed = subprocess.run(
                [flags[0], *flags[1:], *bundle.folders, "-M", bundle.path],
                cwd=folder, capture_output=True, text=True, check=False,
            )
            if listed.returncode != 0:
                return
            names = listed.stdout.replace("\\\n", " ").split(":", 1)[1].split()
            seen |= {os.path.realpath(os.path.join(folder, name)) for name in names} - {bundle.path}
        known = {
            os.path.relpath(path, ROOT) if path.startswith(ROOT + os.sep) else path: self.hash_of(path)
            for path in sorted(seen)
        }
        record = self.record(group)
        with open(f"{record}.{os.getpid()}", "w", encoding="utf-8") as file:
            json.dump(known, file)
        os.replace(f"{record}.{os.getpid()}", record)


def clang_tidy(bundle, group, *options):
    folder, flags, _, _ = group
    flags = [*flags[1:], *bundle.folders, *ANALYZER]
    command = ["clang-tidy", "--quiet", *options, bundle.path, "--", *flags]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def named_in(text):
    """The files that something is said against; not those of notes."""
    return {match["path"] for match in FINDING.finditer(text) if ": note: " not in match["rest"]}


def at_odds(bundle, group):
    """The files of a bundle that do not compile, mostly as one before them defines the same names.
    Reading alone takes a small part of clang-tidy's time."""
    nothing_else = ("--checks=-*,llvm-twine-local", "--extra-arg=-ferror-limit=0")
    result = clang_tidy(bundle, group, *nothing_else)
    named = named_in(FINDING.sub(bundle.real, result.stdout))
    return [path for path in bundle.paths if path in named]


def bundles(out, number, group):
    """The group's files in as few bundles as go together."""
    *_, settings, left = group
    part = 0
    while left:
        together = left
        while True:
            bundle = Bundle(out, f"{number}-{part}", settings, together)
            others = at_odds(bundle, group) if len(together) > 1 else []
            if not others:
                break
            together = [path for path in together if path not in others] or together[:1]
        yield bundle
        left = [path for path in left if path not in together]
        part += 1


def findings(out, bundle, group):
    """What clang-tidy prints about the files of a bundle; empty when it finds nothing."""
    # Files that stand together may include the same, and have an alias each.
    less = "--checks=-readability-duplicate-include,-misc-unused-alias-decls"
    result = clang_tidy(bundle, group, less)
    if result.returncode == 0:
        return ""
    # stderr counts what is suppressed in system headers, unless something went wrong.
    text = FINDING.sub(bundle.real, result.stdout or result.stderr)
    named = named_in(text)
    if len(bundle.paths) == 1 or not named or not named.issubset(bundle.paths):
        return text
    # Only what is so too without the others counts.
    *_, settings, _ = group
    return "".join(
        findings(out, Bundle(out, f"{bundle.name}-{i}", settings, [path]), group)
        for i, path in enumerate(sorted(named))
    )


def look_at(out, number, group, clean):
    """What there is to say about the files of a group; empty when nothing is."""
    if clean.has(group):
        return ""
    parts = list(bundles(out, number, group))
    text = "".join(findings(out, part, group) for part in parts)
    if not text:
        clean.add(group, parts)
    return text


def copy_settings(out):
    shutil.rmtree(out, ignore_errors=True)
    for path in settings_files():
        copy = os.path.join(out, os.path.relpath(path, ROOT))
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        shutil.copy(path, copy)


def main():
    build, out, *wanted = sys.argv[1:]
    copy_settings(out)
    files = entries(build)
    if wanted:
        paths = {os.path.realpath(path) for path in wanted}
        files = [file for file in files if file[1] in paths]
    clean = CleanGroups()
    wanted_groups = list(groups(files))
    known = sum(len(group[3]) for group in wanted_groups if clean.has(group))
    print(f"clang-tidy: {len(files)} files, {known} of them as they were when clean", flush=True)
    found = False
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        tasks = [
            workers.submit(look_at, out, number, group, clean)
            for number, group in enumerate(wanted_groups)
        ]
        for task in concurrent.futures.as_completed(tasks):
            found = bool(task.result()) or found
            print(task.result(), end="", flush=True)
    sys.exit(1 if found or not files else 0)


if __name__ == "__main__":
    main()
