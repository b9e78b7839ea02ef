// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga-distill: trains one of the project's own networks from pictures that it makes itself. See
// README.md beside this file.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>
#include <string>

#include "models/distill/training.h"

namespace {

using mvga::distill::Task;

const mvga::OwnNetwork* find_network(const std::string& name) {
  for (const mvga::OwnNetwork& network : mvga::own_networks)
    if (network.name == name) return &network;
  return nullptr;
}

int run(int argc, char** argv) {
  mvga::distill::TrainingSettings settings;
  std::string network = "mvga_small";
  CLI::App program("Trains one of mvga's own networks from generated pictures", "mvga-distill");
  program.add_option("--network", network, "Which one")
      ->capture_default_str()
      ->check(CLI::Validator(
          [](const std::string& name) {
            return find_network(name) ? "" : "no network of mvga's own: " + name;
          },
          "NAME"));
  const std::map<std::string, Task> tasks{
      {"distill", Task::distill}, {"classify", Task::classify}, {"nothing", Task::nothing}};
  program.add_option("--task", settings.task, "distill, classify, or nothing (random weights)")
      ->transform(CLI::CheckedTransformer(tasks));
  program
      .add_option("--teacher", settings.teacher, "Weights file of a network that the engine knows")
      ->check(CLI::ExistingFile);
  program
      .add_option("--teacher-levels", settings.teacher_levels,
                  "Its levels of strides 4, 8, 16: 1,2,3 of ResNets, 2,3,5 of EfficientNets")
      ->capture_default_str()
      ->delimiter(',');
  program.add_option("-o,--output", settings.folder, "Folder for weights and loss.csv")->required();
  program.add_option("--seed", settings.seed, "Of pictures and first weights")
      ->capture_default_str();
  program.add_option("--size", settings.picture_size, "Of the pictures, in pixels")
      ->capture_default_str()
      ->check(CLI::Range(64, 1024));
  program.add_option("--steps", settings.steps, "Batches to learn from")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  program.add_option("--batch", settings.batch, "Pictures in a batch")
      ->capture_default_str()
      ->check(CLI::Range(2, 4096));
  program.add_option("--fresh", settings.fresh, "New ones among them")
      ->capture_default_str()
      ->check(CLI::Range(1, 4096));
  program.add_option("--pool", settings.pool, "Pictures that the others are drawn from")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  program.add_option("--checkpoint-every", settings.checkpoint_every, "Steps")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  program.add_option("--learning-rate", settings.learning_rate, "The highest")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  program
      .add_option("--freeze-norms-after", settings.freeze_norms_after,
                  "Share of the steps after which the batch norms keep their statistics")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  program.add_option("--weight-decay", settings.weight_decay, "AdamW's")->capture_default_str();
  program
      .add_option("--whitening-floor", settings.whitening_floor,
                  "How much the teacher's small directions count: 0 as much as the large ones")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  program.add_option("--device", settings.device, "cpu or cuda")->capture_default_str();
  program.add_option("--threads", settings.threads, "Of the processor")
      ->capture_default_str()
      ->check(CLI::Range(1, 1024));
  CLI11_PARSE(program, argc, argv);
  settings.network = find_network(network);
  if (settings.task == Task::distill && settings.teacher.empty()) {
    std::fprintf(stderr, "mvga-distill: name the teacher's weights with --teacher\n");
    return 2;
  }
  if (settings.fresh > settings.batch) {
    std::fprintf(stderr, "mvga-distill: --fresh cannot be more than --batch\n");
    return 2;
  }
  train(settings);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "mvga-distill: %s\n", e.what());
    return 1;
  }
}
