// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/frame_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

#include "core/content_hash.h"
#include "core/io/error.h"

namespace mvga {
namespace {

constexpr std::size_t kFewest = 2;  // to calibrate with

std::string temporary_folder() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  if (error)
    throw Error(ErrorKind::unwritable,
                "cannot keep frames for calibration in the temporary folder: " + error.message() +
                    "; set TMPDIR to a folder with room");
  return folder.string();
}

[[noreturn]] void fail(const std::string& folder, int reason) {
  const bool full = reason == ENOSPC || reason == EDQUOT;
  throw Error(full ? ErrorKind::no_space : ErrorKind::unwritable,
              "cannot keep frames for calibration in " + folder + ": " + std::strerror(reason) +
                  "; set TMPDIR to a folder with room");
}

std::FILE* open_anonymous_file() {
  const std::string folder = temporary_folder();
  std::string path = folder + "/mvga-XXXXXX";
  const int fd = mkostemp(path.data(), O_CLOEXEC);
  std::FILE* file = fd >= 0 ? fdopen(fd, "w+b") : nullptr;
  if (file == nullptr) {
    const int reason = errno;
    if (fd >= 0) close(fd);
    fail(folder, reason);
  }
  unlink(path.c_str());
  // Frames are large; a second copy in the stream's buffer would only cost time.
  std::setvbuf(file, nullptr, _IONBF, 0);
  return file;
}

}  // namespace

FrameStore::FrameStore(int side, std::size_t capacity)
    : side_(static_cast<std::size_t>(side)), capacity_(capacity), file_(open_anonymous_file()) {}

void FrameStore::add(const RgbView& image, int tag) {
  if (capacity_ == 0) return;
  std::vector<std::uint8_t> pixels(3 * side_ * side_);
  for (std::size_t y = 0; y < side_; ++y)
    std::copy_n(image.data + static_cast<std::ptrdiff_t>(y) * image.stride, 3 * side_,
                pixels.begin() + static_cast<std::ptrdiff_t>(3 * side_ * y));
  const std::uint64_t hash = content_hash(pixels.data(), pixels.size());

  const auto smaller = [](const Key& a, const Key& b) { return a.hash < b.hash; };
  if (keys_.size() < capacity_) {
    const auto slot = static_cast<std::uint32_t>(keys_.size());
    if (!write(pixels, slot)) {
      const int reason = errno;
      if (keys_.size() < kFewest) fail(temporary_folder(), reason);
      capacity_ = keys_.size();
      return;
    }
    keys_.push_back({hash, slot, tag});
  } else {
    if (hash >= keys_.front().hash) return;
    std::pop_heap(keys_.begin(), keys_.end(), smaller);
    // The slot lies within the file, so this write needs no new room.
    if (!write(pixels, keys_.back().slot)) {
      keys_.pop_back();
      capacity_ = keys_.size();
      return;
    }
    keys_.back() = {hash, keys_.back().slot, tag};
  }
  std::push_heap(keys_.begin(), keys_.end(), smaller);
}

void FrameStore::retag(std::span<const int> map) {
  for (Key& key : keys_) key.tag = map[static_cast<std::size_t>(key.tag)];
}

bool FrameStore::write(const std::vector<std::uint8_t>& pixels, std::uint32_t slot) {
  return fseeko(file_.get(), static_cast<off_t>(slot * pixels.size()), SEEK_SET) == 0 &&
         std::fwrite(pixels.data(), 1, pixels.size(), file_.get()) == pixels.size();
}

std::vector<std::uint8_t> FrameStore::read(std::size_t index) const {
  std::vector<std::uint8_t> pixels(3 * side_ * side_);
  if (fseeko(file_.get(), static_cast<off_t>(keys_[index].slot * pixels.size()), SEEK_SET) != 0 ||
      std::fread(pixels.data(), 1, pixels.size(), file_.get()) != pixels.size())
    throw Error(ErrorKind::unreadable,
                "cannot read back a frame kept for calibration in the temporary folder");
  return pixels;
}

}  // namespace mvga
