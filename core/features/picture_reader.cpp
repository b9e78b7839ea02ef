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
    for (Group& g : plane.groups) {
      for (int& offset : g.offsets) offset -= plane.begin;
      g.row.resize(g.offsets.size() * columns);
      g.rows.resize(static_cast<std::size_t>(plane.kept) * g.row.size());
    }
  }
  weighed_.resize(static_cast<std::size_t>(layout.components) * columns);
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

PictureReader::Group& PictureReader::group_for(Plane& plane, const ComponentLayout& component,
                                               const PicturePart& part) {
  const auto found = std::find_if(plane.groups.begin(), plane.groups.end(), [&](const Group& g) {
    return g.sampling == component.across && g.step == component.step &&
           g.high_byte == component.high_byte;
  });
  if (found != plane.groups.end()) return *found;
  Group group;
  group.sampling = component.across;
  group.step = component.step;
  group.high_byte = component.high_byte;
  group.across = resize_taps(part.across, component.across, width_);
  group.begin = group.across.begin() * component.step;
  group.length = group.across.end() - group.across.begin();
  for (int& first : group.across.first) first *= component.step;
  plane.groups.push_back(std::move(group));
  return plane.groups.back();
}

void PictureReader::add(const ComponentLayout& component, const PicturePart& part) {
  Plane& plane = plane_for(component, part);
  const bool is_first = plane.groups.empty();
  Group& group = group_for(plane, component, part);
  const int begin = component.offset + group.begin + std::min(component.high_byte, 0);
  const int end = component.offset + group.begin + (group.length - 1) * component.step +
                  std::max(component.high_byte, 0) + 1;
  const int end_of_all = std::max(plane.begin + plane.length, end);
  plane.begin = is_first ? begin : std::min(plane.begin, begin);
  plane.length = end_of_all - plane.begin;
  order_.push_back({static_cast<std::size_t>(&plane - planes_.data()),
                    static_cast<std::size_t>(&group - plane.groups.data()), group.components()});
  group.offsets.push_back(component.offset);
}

/// The next rows of the plane.
void PictureReader::weigh_columns(Plane& plane, const PlaneView& view) {
  const PictureRowLoops& loops = picture_row_loops();
  std::array<const std::uint8_t*, kRowsAtOnce> rows{};
  for (int r = 0; r < kRowsAtOnce; ++r)  // beyond the last one that one again, which is not used
    rows[static_cast<std::size_t>(r)] =
        view.data + std::min(plane.next + r, plane.height - 1) * view.stride + plane.begin;
  loops.side_by_side(rows.data(), plane.length, plane.samples.data());
  const std::ptrdiff_t place = (plane.next - plane.start) % plane.kept;
  for (Group& g : plane.groups) {
    if (g.high_byte != 0)
      for (const int offset : g.offsets)
        loops.join_bytes(plane.samples.data() + g.begin + offset, g.step, g.high_byte, g.length);
    loops.weigh_columns(plane.samples.data(), g.across.first.data(), g.offsets.data(),
                        g.components(), g.step, g.across.weights.data(), g.across.count, width_,
                        weighed_.data());
    (rounds_between_ ? loops.rounded_below_each_other : loops.one_below_the_other)(
        weighed_.data(), g.components() * width_, g.rows.data() + place * g.components() * width_);
  }
  plane.next += kRowsAtOnce;
}

void PictureReader::weigh_rows(Plane& plane, int y) {
  const UsedTaps taps = used(plane.down, y);
  for (Group& g : plane.groups) {
    const int length = g.components() * width_;
    taken_.clear();
    for (int t = 0; t < taps.count; ++t)
      taken_.push_back(g.rows.data() +
                       std::ptrdiff_t{(taps.first + t - plane.start) % plane.kept} * length);
    picture_row_loops().weigh_rows(taken_.data(), taps.weights, taps.count, length, g.row.data());
  }
}

RgbView PictureReader::read(const PlaneViews& planes) {
  for (Plane& plane : planes_) plane.next = plane.start;
  const auto row_of = [&](std::size_t component) {
    // Grey has weights of 0 for the two that are not there.
    const auto [plane, group, index] = order_[std::min(component, order_.size() - 1)];
    return planes_[plane].groups[group].row.data() + std::ptrdiff_t{index} * width_;
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
