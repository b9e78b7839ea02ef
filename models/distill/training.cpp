// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/training.h"

#include <torch/nn/functional/loss.h>
#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>
#include <torch/utils.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>
#include <numbers>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "models/distill/examples.h"
#include "models/distill/jobs.h"
#include "models/distill/student.h"
#include "models/distill/student_file.h"
#include "models/distill/teacher.h"

namespace mvga::distill {
namespace {

constexpr std::int64_t warm_up_steps = 200;
constexpr std::int64_t report_every = 50;
constexpr std::size_t pictures_for_scale = 256;

/// Up in a straight line, down along a cosine.
double learning_rate_at(std::int64_t step, const TrainingSettings& settings) {
  const double up = static_cast<double>(step + 1) / warm_up_steps;
  const double share = static_cast<double>(step) / static_cast<double>(settings.steps);
  const double down = 0.5 * (1 + std::cos(std::numbers::pi * share));
  return settings.learning_rate * std::min({up, 1.0}) * std::max(down, 1e-3);
}

class Training {
 public:
  explicit Training(const TrainingSettings& settings)
      : settings_(settings),
        device_(settings.device),
        pictures_(settings.seed, settings.picture_size),
        student_(std::make_shared<Student>(*settings.network,
                                           settings.task == Task::classify ? kinds : 0)),
        norms_freeze_(static_cast<std::int64_t>(settings.freeze_norms_after *
                                                static_cast<double>(settings.steps))),
        log_(settings.folder / "loss.csv") {
    if (!log_)
      throw Error(ErrorKind::unwritable, (settings.folder / "loss.csv").string() +
                                             ": cannot be written; name another folder");
    student_->to(device_);
    if (settings.task == Task::distill) prepare_teacher();
    pool_.emplace(pictures_, teacher_ ? &*teacher_ : nullptr,
                  ExamplePool::Settings{settings.seed, settings.pool, settings.threads});
  }

  void run() {
    torch::optim::AdamW optimizer(
        student_->parameters(),
        torch::optim::AdamWOptions(settings_.learning_rate).weight_decay(settings_.weight_decay));
    log_ << "step,pictures,seconds,learning_rate,loss\n";
    pool_->renew(settings_.batch);
    for (std::int64_t step = 0; step < settings_.steps; ++step) {
      const double rate = learning_rate_at(step, settings_);
      for (auto& group : optimizer.param_groups())
        static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate);
      if (step == norms_freeze_ && settings_.task == Task::distill) student_->eval();
      learn_from(next_batch(), optimizer);
      if ((step + 1) % report_every == 0) report(step + 1, rate);
      if ((step + 1) % settings_.checkpoint_every == 0 && step + 1 < settings_.steps)
        write(std::string("-").append(std::to_string(step + 1)), step + 1);
    }
    const std::string hash = write("", settings_.steps);
    std::printf("%s  %s\n", hash.c_str(), file("").c_str());
  }

 private:
  using Clock = std::chrono::steady_clock;

  void prepare_teacher() {
    teacher_.emplace(settings_.teacher, settings_.teacher_levels, settings_.picture_size,
                     settings_.device);
    check_grids();
    std::vector<std::vector<torch::Tensor>> features(pictures_for_scale);
    run_jobs(pictures_for_scale, settings_.threads, [&](std::size_t i) {
      // Other pictures than those that are learned.
      const std::uint64_t index = (std::uint64_t{1} << 40) + i;
      features[i] = teacher_->raw_features(pictures_.make(index).bytes.view());
    });
    Teacher::Wanted wanted;
    wanted.floor = settings_.whitening_floor;
    for (const OwnStage& stage : settings_.network->stages)
      wanted.components.push_back(stage.channels);
    teacher_->learn_scale(features, wanted);
  }

  /// Teacher and student have to look at the same places.
  void check_grids() const {
    const std::vector<LevelShape>& levels = teacher_->info().levels;
    bool same = levels.size() == settings_.network->stages.size();
    int side = settings_.picture_size / 2;
    for (std::size_t i = 0; same && i < levels.size(); ++i) {
      side /= settings_.network->stages[i].stride;
      same = levels[i].height == side;
    }
    if (!same)
      throw Error(ErrorKind::settings,
                  "the teacher's levels do not have the strides of the student's: name others with "
                  "--teacher-levels, or another size");
  }

  Batch next_batch() {
    pool_->renew(settings_.fresh);
    torch::set_num_threads(settings_.threads);
    return pool_->batch(settings_.batch, settings_.fresh, device_);
  }

  void learn_from(const Batch& batch, torch::optim::AdamW& optimizer) {
    if (settings_.task == Task::nothing) {
      const torch::NoGradGuard no_gradients;
      student_->forward(batch.pictures);
      return;
    }
    const Student::Output output = student_->forward(batch.pictures);
    const torch::Tensor loss =
        settings_.task == Task::classify
            ? torch::nn::functional::cross_entropy(output.classes, batch.kinds)
            : distance(output, batch);
    optimizer.zero_grad();
    loss.backward();
    torch::nn::utils::clip_grad_norm_(student_->parameters(), 5.0);
    optimizer.step();
    loss_sum_ += loss.item<double>();
  }

  /// The mean squared error of each level, all levels alike. 1 is what the teacher's mean reaches.
  torch::Tensor distance(const Student::Output& output, const Batch& batch) {
    torch::Tensor sum;
    level_sums_.resize(batch.features.size());
    for (std::size_t level = 0; level < batch.features.size(); ++level) {
      const torch::Tensor loss =
          torch::nn::functional::mse_loss(output.levels[level], batch.features[level]);
      level_sums_[level] += loss.item<double>();
      sum = sum.defined() ? sum + loss : loss;
    }
    return sum / static_cast<double>(batch.features.size());
  }

  void report(std::int64_t step, double rate) {
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    log_ << step << ',' << pool_->made() << ',' << seconds << ',' << rate << ','
         << loss_sum_ / report_every;
    for (double& level : level_sums_) {
      log_ << ',' << level / report_every;
      level = 0;
    }
    log_ << std::endl;  // flushed: it is followed while it grows
    std::fprintf(stderr, "step %lld of %lld, loss %.4f, %.0f s left\n",
                 static_cast<long long>(step), static_cast<long long>(settings_.steps),
                 loss_sum_ / report_every,
                 seconds / static_cast<double>(step) * static_cast<double>(settings_.steps - step));
    loss_sum_ = 0;
  }

  std::filesystem::path file(const std::string& ending) const {
    return settings_.folder / (settings_.network->name + ending + ".safetensors");
  }

  std::string write(const std::string& ending, std::int64_t step) const {
    std::map<std::string, std::string> facts{{"seed", std::to_string(settings_.seed)},
                                             {"steps", std::to_string(step)},
                                             {"pictures", std::to_string(pool_->made())},
                                             {"license", "MIT"}};
    if (teacher_) {
      facts["teacher"] = teacher_->info().architecture;
      facts["teacher_sha256"] = teacher_->info().weights_sha256;
    }
    return write_student(*student_, facts, file(ending));
  }

  TrainingSettings settings_;
  torch::Device device_;
  PictureGenerator pictures_;
  std::optional<Teacher> teacher_;
  std::optional<ExamplePool> pool_;
  std::shared_ptr<Student> student_;
  std::int64_t norms_freeze_;
  std::ofstream log_;
  double loss_sum_ = 0;
  std::vector<double> level_sums_;
  Clock::time_point start_ = Clock::now();
};

}  // namespace

void train(const TrainingSettings& settings) {
  std::filesystem::create_directories(settings.folder);
  torch::manual_seed(settings.seed);
  torch::set_num_threads(settings.threads);
  Training(settings).run();
}

}  // namespace mvga::distill
