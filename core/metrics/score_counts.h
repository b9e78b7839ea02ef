// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How often each score was seen: all that metrics of ranks need to know of the pixels of a test
// set, however many there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace mvga {

/// Whether scores have a weight besides being counted.
enum class Weighted : std::uint8_t { no, yes };

/// A count, and the sum of the weights, for each distinct score, by the bits of the float: exact,
/// and as large as what scores there are, not how many. Where even these are too many (maps have
/// fewer), neighbouring floats are taken together, so that memory stays below
/// the limit; a relative difference of 1e-7 is then a tie, which moves a metric far less than 1e-6.
class ScoreCounts {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{256} << 20U;

  explicit ScoreCounts(Weighted weighted, std::size_t most_bytes = kMostBytes)
      : weighted_(weighted), most_bytes_(most_bytes), pages_(kPages) {}

  /// @param score not NaN
  void add(float score, double weight = 1);
  /// The same of many at once, which is many times faster.
  /// @param weight of each
  void add(std::span<const float> scores, double weight = 1);

  std::uint64_t total() const { return total_; }
  std::size_t bytes() const { return bytes_; }
  /// So many of the last bits of a float are not told apart.
  unsigned merged_bits() const { return merged_bits_; }
  /// Takes together floats that differ in so many of the last bits, from now on and so far.
  void merge(unsigned bits);

  /// Scores of the same key are equal, and greater keys are greater scores.
  struct Seen {
    std::uint32_t key = 0;
    std::uint64_t count = 0;
    double weight = 0;
  };
  /// Goes down from the highest score.
  class Descent {
   public:
    explicit Descent(const ScoreCounts& counts) : counts_(counts) { find_page(); }
    /// Null after the lowest.
    const Seen* now() const { return page_.empty() ? nullptr : &page_.back(); }
    void next() {
      page_.pop_back();
      find_page();
    }

   private:
    void find_page();

    const ScoreCounts& counts_;
    std::size_t below_ = kPages;  ///< pages from there on were seen
    std::vector<Seen> page_;      ///< ascending
  };

 private:
  // The upper half of a key names the page, the lower half the place in it: as many pages as
  // places.
  static constexpr unsigned kPageBits = 16;
  static constexpr std::size_t kPages = std::size_t{1} << kPageBits;
  static constexpr std::size_t kLongestList = std::size_t{1} << 15U;

  /// A list of what was seen while that is short, then a table of counts.
  struct Page {
    std::vector<std::uint16_t> list;
    std::vector<double> list_weights;
    std::vector<std::uint32_t> counts;
    std::vector<double> weights;
  };

  void put(std::uint32_t key, double weight);
  void keep_limit();
  /// @param group of keys that are not told apart
  void put_into_table(Page& page, std::uint32_t group, std::uint64_t count, double weight);
  void make_table(Page& page, std::uint32_t number);
  void merge_table(Page& page, std::uint32_t number, unsigned more);
  bool too_long(const Page& page) const;
  std::size_t table_size() const { return kPages >> merged_bits_; }
  static std::size_t bytes_of(const Page& page);
  std::vector<Seen> seen_in_list(const Page& page, std::uint32_t number) const;
  std::vector<Seen> seen_in_table(const Page& page, std::uint32_t number) const;

  Weighted weighted_;
  std::size_t most_bytes_;
  unsigned merged_bits_ = 0;
  std::uint64_t total_ = 0;
  std::size_t bytes_ = 0;
  std::vector<std::unique_ptr<Page>> pages_;
  std::map<std::uint32_t, std::uint64_t> overflow_;  ///< of counts in tables, by group
};

}  // namespace mvga
