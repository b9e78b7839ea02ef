// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/picture_reader.h"

#include <algorithm>
#include <cstddef>

namespace mvga {
namespace {

/// Weights of 0 at either end, which stand for rows that need not be looked at.
struct UsedTaps {
  int first;
  const float* weights;
  int count;
};

UsedTaps used(const ResizeTaps& taps, int index) {
  UsedTaps u{taps.first[static_cast<std::size_t>(index)],
             taps.weights.data() + static_cast<std::ptrdiff_t>(index) * taps.count, taps.count};
  while (u.count > 1 && u.weights[u.count - 1] == 0) --u.count;
  while (u.count > 1 && u.weights[0] == 0) {
    ++u.first;
    ++u.weights;
    --u.count;
  }
  return u;
}

/// The bytes of a row that samples `begin` to `end` of the component take.
Stretch bytes_of(const ComponentLayout& c, int begin, int end) {
  const int first = c.offset + begin * c.step + std::min(c.high_byte, 0);
  const int last = c.offset + (end - 1) * c.step + std::max(c.high_byte, 0);
  return {first, last + 1 - first};
}

}  // namespace

PictureLayout rgb_layout(int width, int height) {
  PictureLayout layout;
  layout.width = width;
  layout.height = height;
  for (int c = 0; c < 3; ++c)
    layout.component[static_cast<std::size_t>(c)] = {0, c, 3, 0, {width}, {height}};
  return layout;
}

PictureReader::PictureReader(const PictureLayout& layout, const PicturePart& part, int width,
                             int height)
    : to_rgb_(layout.to_rgb), width_(width), height_(height) {
  for (int c = 0; c < layout.components; ++c)
    add(layout.component[static_cast<std::size_t>(c)], part);
  for (Rows& rows : rows_) {
    rows.sums.resize(kRowsAtOnce * static_cast<std::size_t>(rows.length));
    rows.samples.resize(static_cast<std::size_t>(rows.length));
  }
  for (Columns& columns : columns_) {
    const int begin = rows_[columns.rows].begin;
    columns.begin -= begin;
    for (int& first : columns.taps.first) first -= begin;
  }
  for (auto& colour : colours_) colour.resize(kRowsAtOnce * static_cast<std::size_t>(width));
  rgb_.resize(3 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
}

std::size_t PictureReader::rows_for(const ComponentLayout& component, const ResizeTaps& across,
                                    const PicturePart& part) {
  const Stretch bytes = bytes_of(component, across.begin(), across.end());
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [&](const Rows& r) { return r.plane == component.plane; });
  if (found == rows_.end()) {
    rows_.push_back({component.plane,
                     bytes.start,
                     bytes.length,
                     resize_taps(part.down, component.down, height_),
                     {},
                     {}});
    return rows_.size() - 1;
  }
  const int end = std::max(found->begin + found->length, bytes.start + bytes.length);
  found->begin = std::min(found->begin, bytes.start);
  found->length = end - found->begin;
  return static_cast<std::size_t>(found - rows_.begin());
}

void PictureReader::add(const ComponentLayout& component, const PicturePart& part) {
  const ResizeTaps across = resize_taps(part.across, component.across, width_);
  const auto place_of = [&](int sample) { return component.offset + sample * component.step; };
  Columns columns;
  columns.rows = rows_for(component, across, part);
  columns.begin = place_of(across.begin());
  columns.step = component.step;
  columns.high_byte = component.high_byte;
  columns.length = across.end() - across.begin();
  columns.taps = across;
  for (int& first : columns.taps.first) first = place_of(first);
  columns.resized.resize(static_cast<std::size_t>(width_));
  columns_.push_back(std::move(columns));
}

void PictureReader::weigh_rows(const PlaneViews& planes, int y, int count) {
  for (Rows& rows : rows_) {
    const PlaneView& plane = planes[static_cast<std::size_t>(rows.plane)];
    float* sums = rows.sums.data();
    for (int r = 0; r < count; ++r, sums += rows.length) {
      const UsedTaps taps = used(rows.taps, y + r);
      picture_row_loops().weigh_rows(plane.data + taps.first * plane.stride + rows.begin,
                                     plane.stride, taps.weights, taps.count, rows.length, sums);
    }
    picture_row_loops().side_by_side(rows.sums.data(), rows.length, rows.samples.data());
  }
}

void PictureReader::weigh_columns() {
  for (Columns& c : columns_) {
    SideBySide* samples = rows_[c.rows].samples.data();
    if (c.high_byte != 0)
      picture_row_loops().join_bytes(samples + c.begin, c.step, c.high_byte, c.length);
    picture_row_loops().weigh_columns(samples, c.taps.first.data(), c.step, c.taps.weights.data(),
                                      c.taps.count, width_, c.resized.data());
  }
}

void PictureReader::write_colours(int y, int count) {
  // Grey has weights of 0 for the two that are not there.
  const SideBySide* a = columns_.front().resized.data();
  const SideBySide* b = columns_[columns_.size() / 2].resized.data();
  const SideBySide* c = columns_.back().resized.data();
  picture_row_loops().to_rgb(to_rgb_, a, b, c, width_, colours_[0].data(), colours_[1].data(),
                             colours_[2].data());
  picture_row_loops().one_below_the_other(colours_[0].data(), colours_[1].data(),
                                          colours_[2].data(), width_, count,
                                          rgb_.data() + std::ptrdiff_t{3} * width_ * y);
}

RgbView PictureReader::read(const PlaneViews& planes) {
  for (int y = 0; y < height_; y += kRowsAtOnce) {
    const int count = std::min(kRowsAtOnce, height_ - y);
    weigh_rows(planes, y, count);
    weigh_columns();
    write_colours(y, count);
  }
  return {rgb_.data(), width_, height_, std::ptrdiff_t{3} * width_};
}

}  // namespace mvga
