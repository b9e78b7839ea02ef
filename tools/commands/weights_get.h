// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga weights get
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace mvga::tool {

void add_weights_get(CLI::App& weights);

/// For CLI11: empty if it is the name of an architecture.
std::string check_weights_name(const std::string& name);

}  // namespace mvga::tool
