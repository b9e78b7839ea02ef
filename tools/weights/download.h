// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A file from an address, by HTTP or from the disk, going on where an earlier attempt ended.
#pragma once

#include <cstdint>
#include <string>

#include "core/io/safetensors.h"
#include "tools/weights/curl_request.h"
#include "tools/weights/part_file.h"

namespace mvga::tool {

struct DownloadSettings {
  std::string title;   ///< of the progress
  std::string sha256;  ///< that the file will be checked for; empty: not known
  RequestSettings request;
  std::uint64_t largest = kLargestWeights;  ///< bytes that the file may have
  bool quiet = false;
};

/// @throws Error settings: the address is not of a kind that can be downloaded
void check_address(const std::string& address);

/// Completes `part` from its address. From https:// it never goes to anything else, whatever the
/// server says. Proxies are those of the environment (https_proxy, no_proxy), certificates the
/// system's, or those in CURL_CA_BUNDLE or SSL_CERT_FILE.
/// @return the SHA-256 that the server names, as timm's hub does; empty if it names none
/// @throws Error not_found (no connection, an error of the server, an end too soon: what came stays
///         in `part`), unreadable (it is not the file with settings.sha256, or a page, or is larger
///         than settings.largest: nothing stays), no_space, unwritable
std::string download(PartFile& part, const DownloadSettings& settings);

}  // namespace mvga::tool
