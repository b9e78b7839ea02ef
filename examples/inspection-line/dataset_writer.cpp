// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/dataset_writer.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "examples/common/handles.h"
#include "examples/inspection-line/footage.h"

namespace film {
namespace {

namespace ex = mvga::examples;
namespace fs = std::filesystem;

constexpr int kEvery = 5;  // neighbours look alike

struct Mask {
  ex::Surface surface;
  bool empty = true;
  bool cut = false;  ///< reaches the left or right edge: a part of the defect is out of sight
};

Mask mask_of(Footage& footage, const Settings& settings, int frame) {
  Mask mask;
  mask.surface.reset(cairo_image_surface_create(CAIRO_FORMAT_A8, settings.width, settings.height));
  {
    const ex::Cairo cr(cairo_create(mask.surface.get()));
    footage.scene().draw_defects(cr.get(), frame);
  }
  cairo_surface_flush(mask.surface.get());
  const int stride = cairo_image_surface_get_stride(mask.surface.get());
  for (int y = 0; y < settings.height; ++y) {
    unsigned char* row =
        cairo_image_surface_get_data(mask.surface.get()) + static_cast<std::ptrdiff_t>(y) * stride;
    for (int x = 0; x < settings.width; ++x) {
      row[x] = row[x] >= 128 ? 255 : 0;
      if (row[x] == 0) continue;
      mask.empty = false;
      mask.cut = mask.cut || x == 0 || x == settings.width - 1;
    }
  }
  cairo_surface_mark_dirty(mask.surface.get());
  return mask;
}

void save(cairo_surface_t* picture, const fs::path& folder, int frame, const char* ending) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "%06d%s.png", frame, ending);
  std::error_code error;
  fs::create_directories(folder, error);
  const std::string file = folder / name.data();
  const cairo_status_t status =
      error ? CAIRO_STATUS_WRITE_ERROR : cairo_surface_write_to_png(picture, file.c_str());
  if (status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error("cannot write " + file + ": " + cairo_status_to_string(status));
}

}  // namespace

void write_dataset(const Settings& settings) {
  const fs::path root = settings.dataset;
  Footage footage(settings);
  const ex::Surface picture(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, settings.width, settings.height));
  for (int frame = 0; frame < settings.frames(); frame += kEvery) {
    // Four bytes a pixel leave no room for padding.
    footage.paint(frame, cairo_image_surface_get_data(picture.get()));
    cairo_surface_mark_dirty(picture.get());
    if (frame < settings.good_frames()) {
      save(picture.get(), root / "train" / "good", frame, "");
      continue;
    }
    const Mask mask = mask_of(footage, settings, frame);
    if (mask.empty) {
      save(picture.get(), root / "test" / "good", frame, "");
    } else if (!mask.cut) {
      const std::string kind(name_of(*footage.scene().sightings(frame).front().part->defect));
      save(picture.get(), root / "test" / kind, frame, "");
      save(mask.surface.get(), root / "ground_truth" / kind, frame, "_mask");
    }
  }
}

}  // namespace film
