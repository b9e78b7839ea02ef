// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The subcommands. Each adds itself and its options to the program and, when it is chosen, runs at
// the end of parsing; it throws Error where it fails.
#pragma once

#include <CLI/CLI.hpp>

namespace mvga::tool {

void add_fit(CLI::App& program);
void add_merge(CLI::App& program);
void add_evaluate(CLI::App& program);
void add_predict(CLI::App& program);
void add_inspect(CLI::App& program);
void add_record(CLI::App& program);
void add_weights(CLI::App& program);

}  // namespace mvga::tool
