// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Building a pipeline from text, and running it to its end.
#pragma once

#include <functional>
#include <string>

#include "examples/common/handles.h"

namespace mvga::examples {

/// @throws std::runtime_error with one line that says what is wrong
Pipeline parse_pipeline(const std::string& description);

/// The element of that name.
/// @throws std::runtime_error when the pipeline has none
Element find_element(GstElement* pipeline, const char* name);

/// Plays until the end of the stream, and stops. Every other message goes to `on_message`, in the
/// caller's thread.
/// @throws std::runtime_error with the first error on the bus
void run_pipeline(GstElement* pipeline, const std::function<void(GstMessage*)>& on_message = {});

/// The text of an error, a warning or an information, in one line.
std::string text_of(GstMessage* message);

}  // namespace mvga::examples
