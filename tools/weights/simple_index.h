// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where PyPI, or a mirror of it, has a file: by the pages that pip reads as well
// (https://packaging.python.org/en/latest/specifications/simple-repository-api).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/weights/curl_request.h"

namespace mvga::tool {

inline constexpr const char* kPyPi = "https://pypi.org/simple";

/// What --index-url or PIP_INDEX_URL say, or PyPI.
std::string index_address(const std::string& option);

struct IndexedFile {
  std::string address;
  std::optional<Login> login;  ///< the index's own, where the file is on the same host
};

/// @param index may name a user and a password, which no error text repeats
/// @throws Error settings (it is no address of an index), not_found (no connection, an error of the
///         server, or it does not list the file), unreadable (what it sends is no such page)
IndexedFile find_in_index(const std::string& index, const std::string& package,
                          const std::string& file);

/// The address, as the page has it, of the link to the file; empty if there is none.
std::string link_to(std::string_view page, std::string_view file);

}  // namespace mvga::tool
