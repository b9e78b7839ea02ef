#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Checks lines of JSON against a JSON Schema, and says what does not fit.

usage: validate_documents.py SCHEMA LINES
Fields that the schema does not name are complaints as well: what is published is to be documented.
"""
import json
import sys

import jsonschema


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    complaints = 0
    with open(sys.argv[2], encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            document = json.loads(line)
            found = [error.message for error in validator.iter_errors(document)]
            found += [f"{key} is not in the schema" for key in document.keys() - schema["properties"]]
            for text in found:
                print(f"document {number}: {text}")
            complaints += len(found)
    return int(complaints > 0)


if __name__ == "__main__":
    sys.exit(main())
