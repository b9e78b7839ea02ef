// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/frame_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <numeric>
#include <string>
#include <system_error>

#include "core/base/content_hash.h"
#include "core/base/error.h"

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

std::vector<std::uint8_t> FrameStore::without_padding(const RgbView& image) const {
  std::vector<std::uint8_t> pixels(3 * side_ * side_);
  for (std::size_t y = 0; y < side_; ++y)
    std::copy_n(image.data + static_cast<std::ptrdiff_t>(y) * image.stride, 3 * side_,
                pixels.begin() + static_cast<std::ptrdiff_t>(3 * side_ * y));
  return pixels;
}

void FrameStore::add(const RgbView& image, int tag) {
  offer(without_padding(image), tag, offered_++);
}

bool FrameStore::add_if_room(const RgbView& image, int tag) {
  if (keys_.size() >= capacity_) return false;
  const std::vector<std::uint8_t> pixels = without_padding(image);
  const Key key{content_hash(pixels.data(), pixels.size()), offered_, 0, tag};
  if (key.hash >= bound_ || !append(pixels, key)) return false;
  ++offered_;
  return true;
}

void FrameStore::offer(const std::vector<std::uint8_t>& pixels, int tag, std::uint64_t place) {
  const Key key{content_hash(pixels.data(), pixels.size()), place, 0, tag};
  if (key.hash >= bound_) return;
  if (keys_.size() < capacity_) {
    if (append(pixels, key)) return;
    const int reason = errno;
    if (keys_.size() < kFewest) fail(temporary_folder(), reason);
    capacity_ = keys_.size();
  }
  replace_largest(pixels, key);
}

bool FrameStore::append(const std::vector<std::uint8_t>& pixels, Key key) {
  key.slot = free_slots_.empty() ? static_cast<std::uint32_t>(keys_.size()) : free_slots_.back();
  if (!write(pixels, key.slot)) return false;
  if (!free_slots_.empty()) free_slots_.pop_back();
  keys_.push_back(key);
  std::push_heap(keys_.begin(), keys_.end(), smaller);
  return true;
}

void FrameStore::replace_largest(const std::vector<std::uint8_t>& pixels, Key key) {
  if (keys_.empty() || key.hash >= keys_.front().hash) {
    bound_ = key.hash;
    return;
  }
  std::pop_heap(keys_.begin(), keys_.end(), smaller);
  bound_ = keys_.back().hash;
  key.slot = keys_.back().slot;
  keys_.pop_back();
  // The slot lies within the file, so this write needs no new room.
  if (!write(pixels, key.slot)) {
    capacity_ = keys_.size();
    return;
  }
  keys_.push_back(key);
  std::push_heap(keys_.begin(), keys_.end(), smaller);
}

void FrameStore::merge(const FrameStore& other) {
  keep_below(other.bound_);
  for (std::size_t i = 0; i < other.size(); ++i)
    offer(other.read(i), other.tag(i), offered_ + other.keys_[i].place);
  offered_ += other.offered_;
}

void FrameStore::keep_below(std::uint64_t bound) {
  if (bound >= bound_) return;
  bound_ = bound;
  const auto dropped =
      std::partition(keys_.begin(), keys_.end(), [&](const Key& key) { return key.hash < bound; });
  for (auto key = dropped; key != keys_.end(); ++key) free_slots_.push_back(key->slot);
  if (dropped == keys_.end()) return;
  keys_.erase(dropped, keys_.end());
  std::make_heap(keys_.begin(), keys_.end(), smaller);
}

void FrameStore::retag(std::span<const int> map) {
  for (Key& key : keys_) key.tag = map[static_cast<std::size_t>(key.tag)];
}

std::vector<std::size_t> FrameStore::in_order() const {
  std::vector<std::size_t> indexes(keys_.size());
  std::iota(indexes.begin(), indexes.end(), 0U);
  std::sort(indexes.begin(), indexes.end(),
            [&](std::size_t a, std::size_t b) { return keys_[a].place < keys_[b].place; });
  return indexes;
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
