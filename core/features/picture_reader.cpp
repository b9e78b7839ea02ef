// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/picture_reader.h"

#include <algorithm>
#include <cstddef>
#include <utility>

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
  layout.rounds_between = true;
  return layout;
}

PictureReader::PictureReader(const PictureLayout& layout, const PicturePart& part, int width,
                             int height)
    : to_rgb_(layout.to_rgb),
      rounds_between_(layout.rounds_between),
      width_(width),
      height_(height) {
  const auto columns = static_cast<std::size_t>(width);
  for (int c = 0; c < layout.components; ++c)
    add(layout.component[static_cast<std::size_t>(c)], part);
  for (Plane& plane : planes_) {
    plane.samples.resize(static_cast<std::size_t>(plane.length));
    plane.bytes.resize(kRowsAtOnce * plane.samples.size());
    for (Component& c : plane.components) {
      c.begin -= plane.begin;
      for (int& first : c.across.first) first -= plane.begin;
      c.rows.resize(static_cast<std::size_t>(plane.kept) * columns);
      c.row.resize(columns);
    }
  }
  weighed_.resize(columns);
  for (auto& colour : colours_) colour.resize(columns);
  rgb_.resize(3 * columns * static_cast<std::size_t>(height));
}

PictureReader::Plane& PictureReader::plane_for(const ComponentLayout& component,
                                               const PicturePart& part) {
  const auto found = std::find_if(planes_.begin(), planes_.end(),
                                  [&](const Plane& p) { return p.index == component.plane; });
  if (found != planes_.end()) return *found;
  Plane plane;
  plane.index = component.plane;
  plane.height = component.down.samples;
  plane.down = resize_taps(part.down, component.down, height_);
  plane.start = plane.down.begin();
  // Those that an output row takes, and others that were made together with the last of them.
  plane.kept = (plane.down.count + 2 * kRowsAtOnce - 2) / kRowsAtOnce * kRowsAtOnce;
  planes_.push_back(std::move(plane));
  return planes_.back();
}

void PictureReader::add(const ComponentLayout& component, const PicturePart& part) {
  Plane& plane = plane_for(component, part);
  Component added;
  added.step = component.step;
  added.high_byte = component.high_byte;
  added.across = resize_taps(part.across, component.across, width_);
  added.begin = component.offset + added.across.begin() * component.step;
  added.length = added.across.end() - added.across.begin();
  const Stretch bytes = bytes_of(component, added.across.begin(), added.across.end());
  for (int& first : added.across.first) first = component.offset + first * component.step;
  const int end = std::max(plane.begin + plane.length, bytes.start + bytes.length);
  plane.begin = plane.components.empty() ? bytes.start : std::min(plane.begin, bytes.start);
  plane.length = end - plane.begin;
  order_.emplace_back(&plane - planes_.data(), plane.components.size());
  plane.components.push_back(std::move(added));
}

/// The next rows of the plane.
void PictureReader::weigh_columns(Plane& plane, const PlaneView& view) {
  const PictureRowLoops& loops = picture_row_loops();
  std::array<const std::uint8_t*, kRowsAtOnce> rows{};
  for (int r = 0; r < kRowsAtOnce; ++r)  // beyond the last one that one again, which is not used
    rows[static_cast<std::size_t>(r)] =
        view.data + std::min(plane.next + r, plane.height - 1) * view.stride + plane.begin;
  loops.side_by_side(rows.data(), plane.length, plane.bytes.data(), plane.samples.data());
  const std::ptrdiff_t place = (plane.next - plane.start) % plane.kept;
  for (Component& c : plane.components) {
    if (c.high_byte != 0)
      loops.join_bytes(plane.samples.data() + c.begin, c.step, c.high_byte, c.length);
    loops.weigh_columns(plane.samples.data(), c.across.first.data(), c.step,
                        c.across.weights.data(), c.across.count, width_, weighed_.data());
    (rounds_between_ ? loops.rounded_below_each_other : loops.one_below_the_other)(
        weighed_.data(), width_, c.rows.data() + place * width_);
  }
  plane.next += kRowsAtOnce;
}

void PictureReader::weigh_rows(Plane& plane, int y) {
  const UsedTaps taps = used(plane.down, y);
  for (Component& c : plane.components) {
    taken_.clear();
    for (int t = 0; t < taps.count; ++t)
      taken_.push_back(c.rows.data() +
                       std::ptrdiff_t{(taps.first + t - plane.start) % plane.kept} * width_);
    picture_row_loops().weigh_rows(taken_.data(), taps.weights, taps.count, width_, c.row.data());
  }
}

RgbView PictureReader::read(const PlaneViews& planes) {
  for (Plane& plane : planes_) plane.next = plane.start;
  const auto row_of = [&](std::size_t component) {
    // Grey has weights of 0 for the two that are not there.
    const auto [plane, index] = order_[std::min(component, order_.size() - 1)];
    return planes_[plane].components[index].row.data();
  };
  for (int y = 0; y < height_; ++y) {
    for (Plane& plane : planes_) {
      const int end = plane.down.first[static_cast<std::size_t>(y)] + plane.down.count;
      while (plane.next < end) weigh_columns(plane, planes[static_cast<std::size_t>(plane.index)]);
      weigh_rows(plane, y);
    }
    picture_row_loops().to_rgb(to_rgb_, row_of(0), row_of(1), row_of(2), width_, colours_[0].data(),
                               colours_[1].data(), colours_[2].data(),
                               rgb_.data() + std::ptrdiff_t{3} * width_ * y);
  }
  return {rgb_.data(), width_, height_, std::ptrdiff_t{3} * width_};
}

}  // namespace mvga
