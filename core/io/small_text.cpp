// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/small_text.h"

#include <glib.h>

#include <cerrno>
#include <fstream>

#include "core/base/error.h"

namespace mvga {

std::string read_small_text(const std::filesystem::path& file, std::size_t largest) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    throw Error(ErrorKind::not_found,
                file.string() + ": cannot be opened: " + g_strerror(errno) + "; check the path");
  std::string text(largest + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (stream.bad())
    throw Error(ErrorKind::unreadable,
                file.string() + ": cannot be read; name a file, and check the disk");
  if (text.size() > largest)
    throw Error(ErrorKind::unreadable, file.string() + ": has more than the " +
                                           std::to_string(largest) +
                                           " bytes that are read; name another file");
  return text;
}

}  // namespace mvga
