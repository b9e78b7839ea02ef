#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Runs the tests that meson.build declares, and counts what is in them.

usage: run_tests.py [--programs-only] [--env NAME=VALUE]... [--patience FACTOR] [--jobs N] BUILD

Commands, environments and timeouts are those of the test() definitions. A GoogleTest program counts
with each of its tests, a script as one (exit code 77: skipped). A program that crashes, hangs or
ends badly without a failed test counts as one failure. --programs-only leaves the scripts out,
--env is for the tests alone, and --patience multiplies their timeouts. --jobs runs several at a time
and prints what each says when it ends; then, one by one, those in which time counts, which are
declared with is_parallel: false. The last line printed is the count, and the exit code is 0 if
nothing failed.
"""
import argparse
import concurrent.futures
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

SKIPPED_SCRIPT = 77


def declared_tests(build):
    text = subprocess.run(
        ["meson", "introspect", "--tests", build], check=True, capture_output=True, text=True
    ).stdout
    return json.loads(text)


def exit_code(test, arguments, environment, patience, output):
    """And the seconds of processor time, with its children's. None for the code when it took too
    long. `output`: a file, or None for our own."""
    process = subprocess.Popen(
        test["cmd"] + arguments,
        cwd=test["workdir"] or None,
        env={**os.environ, **test["env"], **environment},
        start_new_session=True,
        stdout=output,
        stderr=output,
    )
    took_too_long = threading.Event()

    def end():
        took_too_long.set()
        os.killpg(process.pid, signal.SIGKILL)  # and what it started

    timer = threading.Timer(test["timeout"] * patience or threading.TIMEOUT_MAX, end)
    timer.daemon = True
    timer.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    code = None if took_too_long.is_set() else process.returncode
    return code, usage.ru_utime + usage.ru_stime


def counted(path):
    """Passed, failed and skipped in a GoogleTest result file; None when there is no such file."""
    try:
        with open(path, encoding="utf-8") as file:
            suites = json.load(file)["testsuites"]
    except (OSError, ValueError, KeyError):
        return None
    passed = failed = skipped = 0
    for test in (test for suite in suites for test in suite["testsuite"]):
        if test.get("failures"):
            failed += 1
        elif test.get("result") == "SKIPPED":
            skipped += 1
        elif test.get("result") == "COMPLETED":
            passed += 1
    return passed, failed, skipped


def run_program(test, environment, patience, output):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "results.json")
        arguments = ["--gtest_brief=1", f"--gtest_output=json:{path}"]
        code, seconds = exit_code(test, arguments, environment, patience, output)
        passed, failed, skipped = counted(path) or (0, 0, 0)
    return code, seconds, (passed, failed or int(code != 0), skipped)


def run_script(test, environment, patience, output):
    code, seconds = exit_code(test, [], environment, patience, output)
    skipped = int(code == SKIPPED_SCRIPT)
    return code, seconds, (int(code == 0), int(code not in (0, SKIPPED_SCRIPT)), skipped)


def is_program(test, build):
    return os.path.realpath(test["cmd"][0]).startswith(build + os.sep)


def run(test, build, environment, patience, output=None):
    """The counts, and a line that says them."""
    start = time.monotonic()
    run_it = run_program if is_program(test, build) else run_script
    code, seconds, counts = run_it(test, environment, patience, output)
    end = "took too long" if code is None else f"ended with {code}" if code else "ended"
    took = f"after {time.monotonic() - start:.0f} s ({seconds:.0f} s of processor time)"
    return counts, "== {} {} {}: {} passed, {} failed, {} skipped".format(
        test["name"], end, took, *counts
    )


def run_aside(test, build, environment, patience):
    """The same with all that was printed."""
    with tempfile.TemporaryFile() as output:
        counts, line = run(test, build, environment, patience, output)
        output.seek(0)
        text = output.read().decode(errors="replace")
    return counts, f"== {test['name']}\n{text}{line}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs-only", action="store_true")
    parser.add_argument("--env", action="append", default=[])
    parser.add_argument("--patience", type=float, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("build")
    options = parser.parse_args()
    build = os.path.realpath(options.build)
    environment = dict(setting.split("=", 1) for setting in options.env)

    tests = [
        test
        for test in declared_tests(build)
        if is_program(test, build) or not options.programs_only
    ]
    common = (build, environment, options.patience)
    total = (0, 0, 0)
    together = [test for test in tests if options.jobs > 1 and test["is_parallel"]]
    # The one that is allowed the most time may be the last to end: it begins first.
    together.sort(key=lambda test: -test["timeout"])
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as workers:
        tasks = [workers.submit(run_aside, test, *common) for test in together]
        for task in concurrent.futures.as_completed(tasks):
            counts, text = task.result()
            print(text, flush=True)
            total = tuple(map(sum, zip(total, counts)))
    for test in tests:
        if test in together:
            continue
        print(f"== {test['name']}", flush=True)
        counts, line = run(test, *common)
        print(line, flush=True)
        total = tuple(map(sum, zip(total, counts)))
    print("{} passed, {} failed, {} skipped".format(*total), flush=True)
    # No test at all is a mistake in the set-up.
    sys.exit(0 if total[1] == 0 and total[0] > 0 else 1)


if __name__ == "__main__":
    main()
