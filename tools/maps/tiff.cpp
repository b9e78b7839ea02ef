// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/maps/tiff.h"

#include <tiffio.h>

#include <Eigen/Core>
#include <algorithm>
#include <cstring>
#include <memory>
#include <span>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

/// The file as libtiff sees it.
struct MemoryFile {
  std::vector<std::byte> bytes;
  std::size_t position = 0;
};

MemoryFile& file_of(thandle_t handle) {
  return *static_cast<MemoryFile*>(handle);
}

tmsize_t read(thandle_t handle, void* data, tmsize_t size) {
  MemoryFile& file = file_of(handle);
  const std::size_t left = file.bytes.size() - std::min(file.position, file.bytes.size());
  const std::size_t length = std::min(left, static_cast<std::size_t>(size));
  std::memcpy(data, file.bytes.data() + file.position, length);
  file.position += length;
  return static_cast<tmsize_t>(length);
}

tmsize_t write(thandle_t handle, void* data, tmsize_t size) {
  MemoryFile& file = file_of(handle);
  const std::size_t end = file.position + static_cast<std::size_t>(size);
  if (end > file.bytes.size()) file.bytes.resize(end);
  std::memcpy(file.bytes.data() + file.position, data, static_cast<std::size_t>(size));
  file.position = end;
  return size;
}

toff_t seek(thandle_t handle, toff_t offset, int from) {
  MemoryFile& file = file_of(handle);
  if (from == SEEK_CUR) offset += file.position;
  if (from == SEEK_END) offset += file.bytes.size();
  file.position = offset;
  return offset;
}

int close(thandle_t) {
  return 0;
}

toff_t size(thandle_t handle) {
  return file_of(handle).bytes.size();
}

struct CloseTiff {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, CloseTiff>;

float as(float value, float) {
  return value;
}

Eigen::half as(float value, Eigen::half) {
  const auto most = static_cast<float>(Eigen::NumTraits<Eigen::half>::highest());
  return Eigen::half(std::clamp(value, -most, most));
}

void describe(const AnomalyMap& map, std::size_t bytes_a_number, TIFF* tiff) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, map.width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, map.height);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8 * bytes_a_number);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, TIFFDefaultStripSize(tiff, 0));
}

template <typename Number>
bool write_rows(const AnomalyMap& map, TIFF* tiff) {
  std::vector<Number> row(static_cast<std::size_t>(map.width));  // libtiff may swap its bytes
  for (int y = 0; y < map.height; ++y) {
    const auto from = map.values.begin() + static_cast<std::ptrdiff_t>(y) * map.width;
    std::transform(from, from + map.width, row.begin(),
                   [](float value) { return as(value, Number()); });
    if (TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y)) < 0) return false;
  }
  return TIFFFlush(tiff) != 0;
}

template <typename Number>
std::vector<std::byte> tiff_of(const AnomalyMap& map) {
  MemoryFile file;
  file.bytes.reserve(map.values.size() * sizeof(Number) + 4096);
  const Tiff tiff(
      TIFFClientOpen("anomaly map", "w", &file, read, write, seek, close, size, nullptr, nullptr));
  if (!tiff) throw Error(ErrorKind::no_space, "an anomaly map cannot be written as TIFF");
  describe(map, sizeof(Number), tiff.get());
  if (!write_rows<Number>(map, tiff.get()))
    throw Error(ErrorKind::no_space, "an anomaly map cannot be written as TIFF");
  return std::move(file.bytes);
}

}  // namespace

std::vector<std::byte> to_tiff(const AnomalyMap& map) {
  return tiff_of<float>(map);
}

std::vector<std::byte> to_half_tiff(const AnomalyMap& map) {
  return tiff_of<Eigen::half>(map);
}

}  // namespace mvga::tool
