// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <mvga/model.h>

#include "core/files/model_file.h"
#include "core/scoring/map_grid.h"
#include "models/api/guarded.h"
#include "models/api/model_data.h"

namespace mvga::v1 {
namespace {

Threshold threshold_of(const mvga::Model& model) {
  return promised_threshold(model, model.target_fpr);
}

}  // namespace

Model Model::open(const std::filesystem::path& path) {
  return guarded([&] { return Model(std::make_shared<const Data>(Data{load_model(path)})); });
}

void Model::save(const std::filesystem::path& path) const {
  guarded([&] { save_model(data_->model, path); });
}

std::string Model::backbone() const {
  return data_->model.architecture;
}

std::string Model::weights_sha256() const {
  return data_->model.weights_sha256;
}

int Model::input_size() const {
  return data_->model.input_size;
}

Profile Model::profile() const {
  return data_->model.calibration.profile == mvga::Profile::paper ? Profile::paper
                                                                  : Profile::calibrated;
}

Box Model::roi() const {
  const mvga::Box& roi = data_->model.roi;
  return {roi.x, roi.y, roi.width, roi.height};
}

std::uint64_t Model::images() const {
  return data_->model.frames;
}

std::uint64_t Model::held_out() const {
  return data_->model.held_out;
}

std::uint64_t Model::independent() const {
  return data_->model.calibration.scores.size();
}

double Model::target_fpr() const {
  return data_->model.target_fpr;
}

double Model::threshold() const {
  return threshold_of(data_->model).value;
}

double Model::promised_fpr() const {
  return threshold_of(data_->model).rate;
}

int Model::map_width() const {
  return map_grid(data_->model).width;
}

int Model::map_height() const {
  return map_grid(data_->model).height;
}

}  // namespace mvga::v1
