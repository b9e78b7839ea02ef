// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What many streams cost: frames a second in total, and memory, of so many mvgadetect in processes
// of their own, in one process, and with the same model-instance-id.
//
// usage: streams-benchmark ROUNDS ARCHITECTURE...    (weights: MVGA_WEIGHTS_PATH, or built in)
//
// Every stream pushes 640x360 I420 as fast as it gets results. Rows are measured in turn, each in
// new processes; ratios are to one stream, round by round. Memory is the proportional set size
// (what several processes share counts once), when all streams have been running; it has a frame or
// two of each stream, 0.35 MB each.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/benchmarks/speed/arguments.h"
#include "tests/benchmarks/speed/elements.h"
#include "tests/benchmarks/speed/rounds.h"
#include "tests/benchmarks/speed/scene.h"

namespace {

using namespace mvga::benchmarks;
namespace fs = std::filesystem;

constexpr int kWarmFrames = 3;
constexpr std::chrono::seconds kTime{4};
constexpr std::array kStreams = {1, 2, 4, 8, 16};

struct Way {
  const char* name;
  bool one_process;
  const char* settings;
};
constexpr std::array kWays = {
    Way{"a process each", false, ""}, Way{"one process", true, ""},
    Way{"one id", true, " model-instance-id=line"},
    Way{"one id, batches of 4", true, " model-instance-id=line batch-size=4"}};

/// That all threads of the process have taken so far.
double processor_ms() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto ms = [](const timeval& t) {
    return 1e3 * static_cast<double>(t.tv_sec) + 1e-3 * static_cast<double>(t.tv_usec);
  };
  return ms(usage.ru_utime) + ms(usage.ru_stime);
}

/// What the process has in memory: its own, and files (libraries), which processes share.
struct Memory {
  double own_mb = 0;
  double files_mb = 0;
};

Memory memory_in_use() {
  std::ifstream file("/proc/self/smaps_rollup");
  const auto mb = [&](const std::string& field) {
    std::string word;
    double kib = 0;
    while (file >> word && word != field) {
    }
    if (!(file >> kib)) throw std::runtime_error("no " + field + " in /proc/self/smaps_rollup");
    return kib / 1024;
  };
  const double all = mb("Rss:");
  const double own = mb("Anonymous:");
  return {own, all - own};
}

/// What one process says at the end.
struct Outcome {
  double frames_a_second = 0;
  double processor_ms = 0;  ///< of a frame
  Memory memory;
  int fewest = 0;  ///< frames of the stream that got the fewest
  int most = 0;
};

class Stream {
 public:
  explicit Stream(const std::string& settings)
      : harness_(harness_for("mvgadetect device=cpu messages=none " + settings)),
        frame_(scene_frame(Scene::object, "I420", 640, 360, 1000)) {
    gst_harness_set_src_caps_str(harness_.get(), caps_of("I420", 640, 360).c_str());
  }
  void watch_a_frame() {
    GstBuffer* frame = gst_buffer_copy_deep(frame_.get());
    GST_BUFFER_PTS(frame) = number_++ * GST_SECOND / 25;
    push(harness_.get(), frame);
    gst_buffer_unref(gst_harness_pull(harness_.get()));
  }

 private:
  Harness harness_;
  Buffer frame_;
  guint64 number_ = 0;
};

/// All streams at once, for a while.
Outcome watch(std::vector<Stream>& streams) {
  using Clock = std::chrono::steady_clock;
  std::vector<int> frames(streams.size());
  std::vector<std::thread> threads;
  const double processor_before = processor_ms();
  const auto start = Clock::now();
  for (std::size_t s = 0; s < streams.size(); ++s) {
    threads.emplace_back([&, s] {
      for (; Clock::now() - start < kTime; ++frames[s]) streams[s].watch_a_frame();
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  int all = 0;
  for (const int count : frames) all += count;
  return {all / seconds, (processor_ms() - processor_before) / all, memory_in_use(),
          *std::ranges::min_element(frames), *std::ranges::max_element(frames)};
}

/// A process with so many streams, which runs when it is told to and stays until it is told to end.
class Process {
 public:
  Process(int streams, const std::string& settings) {
    if (pipe(to_.data()) != 0 || pipe(from_.data()) != 0) throw std::runtime_error("no pipe");
    child_ = fork();
    if (child_ < 0) throw std::runtime_error("no process");
    if (child_ == 0) _exit(run(streams, settings));
    close(to_[0]);
    close(from_[1]);
  }
  void await_ready() { receive<char>(); }
  void tell() {
    const char byte = 0;
    if (write(to_[1], &byte, 1) != 1) throw std::runtime_error("a stream's process has gone");
  }
  Outcome outcome() { return receive<Outcome>(); }
  void end() {
    tell();
    int status = 0;
    waitpid(child_, &status, 0);
    close(to_[1]);
    close(from_[0]);
    if (status != 0) throw std::runtime_error("a stream's process failed");
  }

 private:
  template <typename T>
  T receive() {
    T value{};
    if (read(from_[0], &value, sizeof value) != sizeof value)
      throw std::runtime_error("a stream's process failed");
    return value;
  }

  int run(int count, const std::string& settings) {
    try {
      gst_init(nullptr, nullptr);
      std::vector<Stream> streams;
      for (int i = 0; i < count; ++i) streams.emplace_back(settings);
      for (Stream& stream : streams)
        for (int i = 0; i < kWarmFrames; ++i) stream.watch_a_frame();
      char byte = 0;
      bool well = write(from_[1], &byte, 1) == 1 && read(to_[0], &byte, 1) == 1;
      const Outcome outcome = watch(streams);
      well = well && write(from_[1], &outcome, sizeof outcome) == sizeof outcome;
      return well && read(to_[0], &byte, 1) == 1 ? 0 : 1;
    } catch (const std::exception& e) {
      std::fprintf(stderr, "%s\n", e.what());
      return 1;
    }
  }

  std::array<int, 2> to_{}, from_{};
  pid_t child_ = -1;
};

Outcome measure(const Way& way, int streams, const std::string& settings) {
  std::vector<Process> processes;
  for (int i = 0; i < (way.one_process ? 1 : streams); ++i)
    processes.emplace_back(way.one_process ? streams : 1, settings);
  for (Process& process : processes) process.await_ready();
  for (Process& process : processes) process.tell();
  Outcome all;
  for (Process& process : processes) {
    const Outcome one = process.outcome();
    all.frames_a_second += one.frames_a_second;
    all.processor_ms += one.processor_ms / static_cast<double>(processes.size());
    all.memory.own_mb += one.memory.own_mb;
    all.memory.files_mb = std::max(all.memory.files_mb, one.memory.files_mb);
    all.fewest = all.most == 0 ? one.fewest : std::min(all.fewest, one.fewest);
    all.most = std::max(all.most, one.most);
  }
  for (Process& process : processes) process.end();
  return all;
}

struct Row {
  const Way* way;
  int streams;
  std::vector<double> frames_a_second = {}, processor_ms = {}, memory_mb = {}, evenness = {};
};

void report(const std::string& architecture, const std::vector<Row>& rows) {
  std::printf(
      "| %s | streams | frames a second | times one stream (quartiles) | processor, ms a frame | "
      "memory, MB | times one stream | fewest frames of a stream / most "
      "|\n|---|---|---|---|---|---|---|---|\n",
      architecture.c_str());
  for (const Row& row : rows) {
    const Spread faster = ratio(row.frames_a_second, rows[0].frames_a_second);
    std::printf("| %s | %d | %.1f | %.2f (%.2f to %.2f) | %.1f | %.0f | %.2f | %.2f |\n",
                row.way->name, row.streams, spread(row.frames_a_second).median, faster.median,
                faster.lower, faster.upper, spread(row.processor_ms).median,
                spread(row.memory_mb).median, ratio(row.memory_mb, rows[0].memory_mb).median,
                spread(row.evenness).median);
  }
}

void measure(const std::string& architecture, int rounds) {
  const fs::path model = fs::temp_directory_path() / ("mvga-streams-" + architecture + ".mvga");
  {
    // In a process of its own, so that those to come are forked from one without LibTorch.
    const pid_t child = fork();
    if (child == 0) {
      gst_init(nullptr, nullptr);
      learn("device=cpu backbone=" + architecture, model);
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) throw std::runtime_error("no model was learned");
  }
  std::vector<Row> rows;
  for (const int streams : kStreams)
    for (const Way& way : kWays) rows.push_back({&way, streams});
  for (int round = 0; round < rounds; ++round) {
    for (Row& row : rows) {
      const Outcome outcome =
          measure(*row.way, row.streams, "model=" + model.string() + row.way->settings);
      row.frames_a_second.push_back(outcome.frames_a_second);
      row.processor_ms.push_back(outcome.processor_ms);
      row.memory_mb.push_back(outcome.memory.own_mb + outcome.memory.files_mb);
      row.evenness.push_back(outcome.most > 0 ? static_cast<double>(outcome.fewest) / outcome.most
                                              : 0);
    }
  }
  fs::remove(model);
  report(architecture, rows);
}

}  // namespace

int main(int argc, char** argv) {
  return run_with_architectures(argc, argv, [](int rounds, const auto& architectures) {
    for (const std::string& architecture : architectures) measure(architecture, rounds);
  });
}
