// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/watch/contact_sheet.h"

#include <gst/video/video.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "examples/common/handles.h"
#include "examples/watch/describe.h"

namespace watch {
namespace {

namespace ex = mvga::examples;

constexpr int kTileWidth = 480;
constexpr int kColumns = 3;
constexpr int kGap = 12;
constexpr int kCaption = 30;

struct Tile {
  ex::Surface picture;
  std::string caption;
};

int height_for(const GstVideoInfo& info) {
  const double pixel_aspect = static_cast<double>(info.par_n) / info.par_d;
  const int height = static_cast<int>(kTileWidth * info.height / (info.width * pixel_aspect));
  return std::clamp(height, 16, 4 * kTileWidth);
}

ex::Surface picture_of(GstSample* sample) {
  GstVideoInfo info;
  gst_video_info_from_caps(&info, gst_sample_get_caps(sample));
  const int height = height_for(info);
  const ex::Caps wanted(gst_caps_new_simple(
      "video/x-raw", "format", G_TYPE_STRING, G_BYTE_ORDER == G_LITTLE_ENDIAN ? "BGRx" : "xRGB",
      "width", G_TYPE_INT, kTileWidth, "height", G_TYPE_INT, height, "pixel-aspect-ratio",
      GST_TYPE_FRACTION, 1, 1, nullptr));
  GError* error = nullptr;
  const ex::Sample converted(
      gst_video_convert_sample(sample, wanted.get(), GST_CLOCK_TIME_NONE, &error));
  const ex::GErrorOwner owner(error);
  if (!converted) throw std::runtime_error(std::string("contact sheet: ") + error->message);

  ex::Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, kTileWidth, height));
  GstMapInfo map;
  GstBuffer* buffer = gst_sample_get_buffer(converted.get());
  if (!gst_buffer_map(buffer, &map, GST_MAP_READ)) throw std::runtime_error("cannot map a frame");
  // Both are rows of four bytes a pixel without padding.
  std::memcpy(cairo_image_surface_get_data(surface.get()), map.data,
              std::min<std::size_t>(map.size, std::size_t{4} * kTileWidth * std::size_t(height)));
  gst_buffer_unmap(buffer, &map);
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

std::vector<Tile> make_tiles(const Watched& watched) {
  std::vector<Tile> tiles;
  if (const Snapshot& normal = watched.snapshots.most_normal(); normal.frame)
    tiles.push_back({picture_of(normal.frame.get()), describe("most normal", normal)});
  for (const auto& [key, snapshot] : watched.snapshots.of_events())
    tiles.push_back({picture_of(snapshot.frame.get()),
                     describe("event " + std::to_string(key.first), snapshot)});
  return tiles;
}

void draw(cairo_t* cr, const Tile& tile, double x, double y) {
  cairo_set_source_surface(cr, tile.picture.get(), x, y);
  cairo_paint(cr);
  cairo_select_font_face(cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(cr, 15);
  cairo_set_source_rgb(cr, 0.1, 0.1, 0.1);
  cairo_move_to(cr, x, y + cairo_image_surface_get_height(tile.picture.get()) + 20);
  cairo_show_text(cr, tile.caption.c_str());
}

}  // namespace

void save_contact_sheet(const Watched& watched, const std::string& path) {
  const std::vector<Tile> tiles = make_tiles(watched);
  if (tiles.empty()) throw std::runtime_error("contact sheet: there was no frame in the video");
  int tile_height = 0;
  for (const Tile& t : tiles)
    tile_height = std::max(tile_height, cairo_image_surface_get_height(t.picture.get()));
  const int n = static_cast<int>(tiles.size());
  const int columns = std::min(n, kColumns);
  const int rows = (n + columns - 1) / columns;
  const int row_height = tile_height + kCaption + kGap;
  const ex::Surface sheet(cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, kGap + columns * (kTileWidth + kGap), kGap + rows * row_height));
  const ex::Cairo cr(cairo_create(sheet.get()));
  cairo_set_source_rgb(cr.get(), 1, 1, 1);
  cairo_paint(cr.get());
  for (int i = 0; i < n; ++i) {
    const int column = i % columns;
    const int row = i / columns;
    draw(cr.get(), tiles[static_cast<std::size_t>(i)], kGap + column * (kTileWidth + kGap),
         kGap + row * row_height);
  }
  const cairo_status_t status = cairo_surface_write_to_png(sheet.get(), path.c_str());
  if (status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error("cannot write " + path + ": " + cairo_status_to_string(status));
}

}  // namespace watch
