"""Prints the passed, failed and skipped tests of one GoogleTest result file.

usage: count_results.py RESULTS.json EXIT_CODE
A program that crashed, and so left no results or an exit code without a failed test, counts as one
failure.
"""
import json
import sys

passed = failed = skipped = 0
try:
    with open(sys.argv[1], encoding="utf-8") as file:
        suites = json.load(file)["testsuites"]
except (OSError, ValueError, KeyError):
    suites = []
for suite in suites:
    for test in suite["testsuite"]:
        if test.get("failures"):
            failed += 1
        elif test.get("result") == "SKIPPED":
            skipped += 1
        elif test.get("result") == "COMPLETED":
            passed += 1
if int(sys.argv[2]) != 0 and failed == 0:
    failed = 1
print(passed, failed, skipped)
