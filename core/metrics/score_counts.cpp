// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/score_counts.h"

#include <algorithm>
#include <utility>

#include "core/metrics/sort_floats.h"

namespace mvga {
namespace {

constexpr std::size_t kAtOnce = std::size_t{1} << 22U;
/// Sorting takes tables of its own.
constexpr std::size_t kFew = 4096;

/// Both zeros are the same score.
std::uint32_t key_of(float score) {
  return ordered_bits(score + 0.0F);
}

template <typename T>
std::size_t size_of(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

}  // namespace

std::size_t ScoreCounts::bytes_of(const Page& page) {
  return size_of(page.list) + size_of(page.list_weights) + size_of(page.counts) +
         size_of(page.weights);
}

void ScoreCounts::keep_limit() {
  while (bytes_ > most_bytes_ && merged_bits_ < kPageBits) merge(merged_bits_ + 1);
}

void ScoreCounts::add(float score, double weight) {
  put(key_of(score), weight);
  ++total_;
  keep_limit();
}

void ScoreCounts::add(std::span<const float> scores, double weight) {
  // In their order, they go through the tables from end to end, not to and fro.
  while (!scores.empty()) {
    const std::span<const float> some = scores.first(std::min(scores.size(), kAtOnce));
    std::vector<float> sorted(some.begin(), some.end());
    if (sorted.size() > kFew) sort_floats(sorted);
    for (const float score : sorted) {
      put(key_of(score), weight);
      if (bytes_ > most_bytes_) keep_limit();
    }
    total_ += some.size();
    scores = scores.subspan(some.size());
  }
}

bool ScoreCounts::too_long(const Page& page) const {
  return page.list.size() > std::min(kLongestList, table_size());
}

void ScoreCounts::put(std::uint32_t key, double weight) {
  const std::uint32_t number = key >> kPageBits;
  if (!pages_[number]) pages_[number] = std::make_unique<Page>();
  Page& page = *pages_[number];
  if (!page.counts.empty()) {
    put_into_table(page, key >> merged_bits_, 1, weight);
    return;
  }
  const std::size_t before = bytes_of(page);
  page.list.push_back(static_cast<std::uint16_t>(key));
  if (weighted_ == Weighted::yes) page.list_weights.push_back(weight);
  if (too_long(page)) make_table(page, number);
  bytes_ += bytes_of(page) - before;
}

void ScoreCounts::put_into_table(Page& page, std::uint32_t group, std::uint64_t count,
                                 double weight) {
  const std::size_t place = group & (table_size() - 1);
  const std::uint64_t sum = page.counts[place] + count;
  page.counts[place] = static_cast<std::uint32_t>(sum);
  if (const std::uint64_t over = sum - page.counts[place]; over > 0) overflow_[group] += over;
  if (weighted_ == Weighted::yes) page.weights[place] += weight;
}

void ScoreCounts::make_table(Page& page, std::uint32_t number) {
  page.counts.assign(table_size(), 0);
  if (weighted_ == Weighted::yes) page.weights.assign(table_size(), 0);
  for (std::size_t i = 0; i < page.list.size(); ++i)
    put_into_table(page, (number << kPageBits | page.list[i]) >> merged_bits_, 1,
                   weighted_ == Weighted::yes ? page.list_weights[i] : 1);
  std::vector<std::uint16_t>().swap(page.list);
  std::vector<double>().swap(page.list_weights);
}

void ScoreCounts::merge_table(Page& page, std::uint32_t number, unsigned more) {
  const std::vector<std::uint32_t> counts = std::exchange(page.counts, {});
  const std::vector<double> weights = std::exchange(page.weights, {});
  page.counts.assign(table_size(), 0);
  if (!weights.empty()) page.weights.assign(table_size(), 0);
  const std::uint32_t first = number << kPageBits >> merged_bits_;
  for (std::size_t i = 0; i < counts.size(); ++i)
    put_into_table(page, first + static_cast<std::uint32_t>(i >> more), counts[i],
                   weights.empty() ? 1 : weights[i]);
}

void ScoreCounts::merge(unsigned bits) {
  if (bits <= merged_bits_) return;
  const unsigned more = bits - merged_bits_;
  merged_bits_ = bits;
  for (const auto& [group, count] : std::exchange(overflow_, {})) overflow_[group >> more] += count;
  bytes_ = 0;
  for (std::uint32_t number = 0; number < kPages; ++number) {
    if (!pages_[number]) continue;
    Page& page = *pages_[number];
    if (!page.counts.empty())
      merge_table(page, number, more);
    else if (too_long(page))
      make_table(page, number);
    bytes_ += bytes_of(page);
  }
}

std::vector<ScoreCounts::Seen> ScoreCounts::seen_in_list(const Page& page,
                                                         std::uint32_t number) const {
  std::vector<Seen> seen;
  seen.reserve(page.list.size());
  for (std::size_t i = 0; i < page.list.size(); ++i) {
    const std::uint32_t key = number << kPageBits | page.list[i];
    seen.push_back({key >> merged_bits_ << merged_bits_, 1,
                    weighted_ == Weighted::yes ? page.list_weights[i] : 1});
  }
  std::sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) { return a.key < b.key; });
  std::vector<Seen> distinct;
  for (const Seen& one : seen) {
    if (distinct.empty() || distinct.back().key != one.key) {
      distinct.push_back(one);
    } else {
      distinct.back().count += one.count;
      distinct.back().weight += one.weight;
    }
  }
  return distinct;
}

std::vector<ScoreCounts::Seen> ScoreCounts::seen_in_table(const Page& page,
                                                          std::uint32_t number) const {
  std::vector<Seen> seen;
  const std::uint32_t first = number << kPageBits >> merged_bits_;
  for (std::size_t i = 0; i < page.counts.size(); ++i) {
    const std::uint32_t group = first + static_cast<std::uint32_t>(i);
    const auto over = overflow_.find(group);
    const std::uint64_t count = page.counts[i] + (over == overflow_.end() ? 0 : over->second);
    if (count > 0)
      seen.push_back({group << merged_bits_, count, page.weights.empty() ? 1 : page.weights[i]});
  }
  return seen;
}

void ScoreCounts::Descent::find_page() {
  while (page_.empty() && below_ > 0) {
    const std::unique_ptr<Page>& page = counts_.pages_[--below_];
    if (!page) continue;
    const auto number = static_cast<std::uint32_t>(below_);
    page_ = page->counts.empty() ? counts_.seen_in_list(*page, number)
                                 : counts_.seen_in_table(*page, number);
  }
}

}  // namespace mvga
