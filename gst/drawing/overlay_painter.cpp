// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/overlay_painter.h"

#include <algorithm>
#include <cmath>

#include "gst/drawing/canvas.h"
#include "gst/drawing/cased_line.h"
#include "gst/drawing/iso_lines.h"
#include "gst/drawing/placed_map.h"
#include "gst/drawing/smooth_rows.h"

namespace mvga::overlay {
namespace {

// Above this many pixels the anomaly is drawn smaller and magnified when it is blended.
constexpr double most_pixels = 1920.0 * 1080.0;
constexpr std::size_t most_tiles = 12;
constexpr float threshold_level = 0.5f;  // MapScale::normalised at the threshold
// Nodes of the mesh for contours in the height of a frame; finer is not to be seen.
constexpr double mesh_rows = 240;
// Steps of that mesh, a fifth of a pixel at 640x360, by which a contour may be off to have fewer
// points: joining them is most of the work of drawing it.
constexpr double most_shift = 0.1;

double drawing_scale(int frame_width, int frame_height) {
  return std::min(1.0, std::sqrt(most_pixels / (double(frame_width) * frame_height)));
}

/// A part of the frame, and the canvas that shows it.
struct Tile {
  PixelRect place;
  Canvas canvas;

  Tile(const PixelRect& rect, double scale)
      : place(rect),
        canvas(static_cast<int>(std::ceil(rect.width * scale)),
               static_cast<int>(std::ceil(rect.height * scale))) {}

  /// A context in the coordinates of the frame.
  CairoPtr cairo() {
    CairoPtr context = canvas.cairo();
    cairo_scale(context.get(), double(canvas.width()) / place.width,
                double(canvas.height()) / place.height);
    cairo_translate(context.get(), -place.x, -place.y);
    return context;
  }
};

/// The part of the tile's canvas that shows `area` of the frame.
PixelRect on_canvas(const Tile& tile, const PixelRect& area) {
  const double sx = double(tile.canvas.width()) / tile.place.width;
  const double sy = double(tile.canvas.height()) / tile.place.height;
  const PixelRect part = intersection(tile.place, area);
  return between(static_cast<int>(std::lround((part.x - tile.place.x) * sx)),
                 static_cast<int>(std::lround((part.y - tile.place.y) * sy)),
                 static_cast<int>(std::lround((part.right() - tile.place.x) * sx)),
                 static_cast<int>(std::lround((part.bottom() - tile.place.y) * sy)));
}

void paint_heat(const PlacedMap& map, const HeatTable& colours, Tile& tile) {
  const PixelRect part = on_canvas(tile, map.area());
  if (part.empty()) return;
  SampleGrid grid = map.samples(tile.place, tile.canvas.width(), tile.canvas.height());
  grid.x += part.x * grid.dx;
  grid.y += part.y * grid.dy;
  grid.width = part.width;
  grid.height = part.height;

  const SmoothRows rows(map.map(), grid);
  std::vector<float> values(part.width);
  std::vector<int> steps(part.width);
  for (int y = 0; y < part.height; ++y) {
    rows.row(y, values);
    std::transform(values.begin(), values.end(), steps.begin(), [](float value) {
      return static_cast<int>(std::clamp(value * 255.0f + 0.5f, 0.0f, 255.0f));
    });
    const auto pixels = tile.canvas.row(part.y + y).subspan(part.x, part.width);
    std::transform(steps.begin(), steps.end(), pixels.begin(),
                   [&](int step) { return colours[step]; });
  }
}

void paint_contours(const PlacedMap& map, int frame_height, const LineStyle& line, Tile& tile) {
  const PixelRect part = intersection(tile.place, map.area());
  if (part.empty()) return;
  const double coarsest = std::max(2.0, frame_height / mesh_rows);
  const int columns = 1 + static_cast<int>(std::ceil(part.width / coarsest));
  const int rows = 1 + static_cast<int>(std::ceil(part.height / coarsest));
  const std::vector<Line> lines =
      iso_lines(smooth_samples(map.map(), map.nodes(part, columns, rows)), threshold_level);
  if (lines.empty()) return;

  const double dx = double(part.width) / (columns - 1);
  const double dy = double(part.height) / (rows - 1);
  const CairoPtr cairo = tile.cairo();
  for (const Line& iso : lines) {
    // An outline around less than its own width would hide what it points at.
    const auto [width, height] = extent(iso);
    if (iso.closed && std::max(width * dx, height * dy) < line.width + 2 * line.casing) continue;
    cairo_new_sub_path(cairo.get());
    for (const Point& p : simplified(iso, most_shift).points) {
      cairo_line_to(cairo.get(), part.x + dx * p.x, part.y + dy * p.y);
    }
    if (iso.closed) cairo_close_path(cairo.get());
  }
  stroke_cased(cairo.get(), line);
}

void paint_boxes(const std::vector<PixelRect>& boxes, const LineStyle& line, Tile& tile) {
  const CairoPtr cairo = tile.cairo();
  for (const PixelRect& rect : boxes) {
    if (intersection(grown(rect, line.reach()), tile.place).empty()) continue;
    cairo_rectangle(cairo.get(), rect.x, rect.y, rect.width, rect.height);
  }
  stroke_cased(cairo.get(), line);
}

}  // namespace

OverlayPainter::OverlayPainter(const OverlaySettings& settings)
    : settings_(settings), colours_(heat_table(settings.colormap, settings.alpha)) {}

std::vector<RectanglePtr> OverlayPainter::paint_anomaly(const Detection& detection, int frame_width,
                                                        int frame_height) const {
  const PixelRect frame{0, 0, frame_width, frame_height};
  const LineStyle line = line_style(frame_width, frame_height);
  const PlacedMap map(detection, frame_width, frame_height);

  std::vector<PixelRect> places;
  if (settings_.style & (heatmap | contour)) places = map.abnormal_areas();
  std::vector<PixelRect> boxes;
  if (settings_.style & box) {
    for (const Region& region : detection.regions) {
      const PixelRect rect = gst::pixels_of(region.box, frame_width, frame_height);
      if (!rect.empty()) boxes.push_back(rect);
    }
    places.insert(places.end(), boxes.begin(), boxes.end());
  }
  for (PixelRect& place : places) place = intersection(grown(place, line.reach()), frame);

  std::vector<RectanglePtr> rectangles;
  for (const PixelRect& place : without_overlap(std::move(places), most_tiles)) {
    Tile tile(place, drawing_scale(frame_width, frame_height));
    if (settings_.style & heatmap) paint_heat(map, colours_, tile);
    if (settings_.style & contour) paint_contours(map, frame_height, line, tile);
    if (!boxes.empty()) paint_boxes(boxes, line, tile);
    rectangles.push_back(std::move(tile.canvas).take_rectangle(place));
  }
  return rectangles;
}

RectanglePtr OverlayPainter::label_rectangle(const LabelText& text, int frame_width,
                                             int frame_height) {
  if ((settings_.style & label) == 0) return nullptr;
  GstVideoOverlayRectangle* words = label_.rectangle(text, frame_width, frame_height);
  return RectanglePtr(words == nullptr ? nullptr : gst_video_overlay_rectangle_ref(words));
}

CompositionPtr OverlayPainter::paint_label(const LabelText& text, int frame_width,
                                           int frame_height) {
  const RectanglePtr words = label_rectangle(text, frame_width, frame_height);
  return CompositionPtr(words ? gst_video_overlay_composition_new(words.get()) : nullptr);
}

CompositionPtr OverlayPainter::paint(const Detection& detection, const std::string& status_note,
                                     int frame_width, int frame_height) {
  std::vector<RectanglePtr> rectangles;
  if (settings_.style & (heatmap | contour | box)) {
    rectangles = paint_anomaly(detection, frame_width, frame_height);
  }
  RectanglePtr words =
      label_rectangle(label_text(detection, status_note), frame_width, frame_height);
  if (words) rectangles.push_back(std::move(words));
  CompositionPtr composition;
  for (const RectanglePtr& rectangle : rectangles) {
    if (composition) {
      gst_video_overlay_composition_add_rectangle(composition.get(), rectangle.get());
    } else {
      composition.reset(gst_video_overlay_composition_new(rectangle.get()));
    }
  }
  return composition;
}

}  // namespace mvga::overlay
