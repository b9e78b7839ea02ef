// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <mvga/error.h>

#include "core/base/printable.h"
#include "models/api/guarded.h"

namespace mvga::v1 {
namespace {

ErrorKind kind_from(mvga::ErrorKind kind) {
  switch (kind) {
    case mvga::ErrorKind::not_found:
      return ErrorKind::not_found;
    case mvga::ErrorKind::unreadable:
      return ErrorKind::unreadable;
    case mvga::ErrorKind::unwritable:
      return ErrorKind::unwritable;
    case mvga::ErrorKind::no_space:
      return ErrorKind::no_space;
    case mvga::ErrorKind::settings:
      return ErrorKind::settings;
    case mvga::ErrorKind::too_few:
      return ErrorKind::too_few;
    case mvga::ErrorKind::engine:
      break;
  }
  return ErrorKind::engine;
}

}  // namespace

Error::Error(ErrorKind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}

ErrorKind Error::kind() const noexcept {
  return kind_;
}

// The first virtual function that is not inline: where it is, the type information is, once for
// the library and all that catch.
const char* Error::what() const noexcept {
  return std::runtime_error::what();
}

Error error_from(const mvga::Error& error) {
  return {kind_from(error.kind()), printable(error.what(), kLongestMessage)};
}

}  // namespace mvga::v1
