// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Writing and reading an element's properties, as a script says.
#pragma once

#include <gst/gst.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/fuzz/storm/script.h"

namespace mvga::fuzz {

/// What properties may be, beyond what they say of themselves.
struct PropertyLimits {
  using Texts = std::map<std::string, std::vector<std::string>>;

  Texts files;                          ///< nothing else: an element may write where it is told to
  Texts texts;                          ///< these, or any
  std::map<std::string, guint64> most;  ///< numbers that would only take long
};

/// A property is to be written; `element` has to be there then.
std::function<void(GstElement* element)> property_from(Script& script, GstElement* element,
                                                       const PropertyLimits& limits);

void read_properties(GstElement* element);

}  // namespace mvga::fuzz
