// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga-inspection-line: a film of parts on a conveyor, to learn from and to find defects in. The
// same settings give the same frames on every machine with the same cairo and fonts.

#include <cstdio>
#include <cstdlib>
#include <exception>

#include "examples/inspection-line/dataset_writer.h"
#include "examples/inspection-line/film_writer.h"
#include "examples/inspection-line/footage.h"
#include "examples/inspection-line/ground_truth.h"
#include "examples/inspection-line/settings.h"

namespace {

void make_film(const film::Settings& settings) {
  gst_init(nullptr, nullptr);
  film::Footage footage(settings);
  film::GroundTruth truth(settings);
  film::write_film(settings, [&](int frame, std::uint8_t* pixels) {
    footage.paint(frame, pixels);
    truth.add(frame, footage.scene().sightings(frame));
  });
  if (!settings.ground_truth.empty()) truth.save(settings.ground_truth);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const film::Settings settings = film::read_command_line(argc, argv);
    if (settings.dataset.empty())
      make_film(settings);
    else
      film::write_dataset(settings);
    return EXIT_SUCCESS;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "mvga-inspection-line: %s\n", e.what());
    return EXIT_FAILURE;
  }
}
