// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/layouts/visa_split.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "tools/pictures/regular_file.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::array kColumns{"object", "split", "label", "image", "mask"};
enum Column { kObject, kSplit, kLabel, kImage, kMask };

std::vector<std::string> cells_of(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  std::vector<std::string> cells;
  for (std::size_t from = 0; from <= line.size();) {
    const std::size_t to = std::min(line.find(',', from), line.size());
    cells.push_back(line.substr(from, to - from));
    from = to + 1;
  }
  return cells;
}

/// The lines of a list, with cells in the order of kColumns.
class List {
 public:
  explicit List(const fs::path& file) : file_(file.string()) {
    check_is_file(file);
    stream_.open(file);
    std::string line;
    if (!std::getline(stream_, line))
      throw Error(ErrorKind::unreadable, file_ + ": is empty or cannot be read");
    if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);  // as spreadsheets begin their files
    const std::vector<std::string> header = cells_of(line);
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const auto found = std::find(header.begin(), header.end(), kColumns[i]);
      if (found == header.end())
        fail(std::string("there is no column ") + kColumns[i] +
             "; VisA's list has object,split,label,image,mask");
      position_[i] = static_cast<std::size_t>(found - header.begin());
    }
  }

  bool next(std::array<std::string, kColumns.size()>& row) {
    std::string line;
    do {
      if (!std::getline(stream_, line)) return false;
      ++line_;
    } while (line.empty() || line == "\r");
    const std::vector<std::string> cells = cells_of(line);
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      if (position_[i] >= cells.size()) fail(std::string("has no cell ") + kColumns[i]);
      row[i] = cells[position_[i]];
    }
    return true;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorKind::unreadable, file_ + ", line " + std::to_string(line_) + ": " + what);
  }

  /// The cell as a path below the data set.
  std::string path(const std::string& cell) const {
    // As whoever opens it takes it: no further than to a zero.
    std::string opened = cell.substr(0, cell.find('\0'));
    const fs::path inside = fs::path(opened).lexically_normal();
    if (inside.is_absolute() || (!inside.empty() && *inside.begin() == ".."))
      fail("'" + printable(cell) +
           "' leads out of the data set; paths begin with the object's folder");
    return opened;
  }

  bool choice(const std::string& cell, const char* yes, const char* no) const {
    if (cell != yes && cell != no)
      fail("'" + printable(cell) + "' is neither " + std::string(yes) + " nor " + no);
    return cell == yes;
  }

 private:
  std::string file_;
  std::ifstream stream_;
  std::array<std::size_t, kColumns.size()> position_{};
  std::size_t line_ = 1;
};

}  // namespace

std::vector<VisaPicture> read_visa_split(const fs::path& list, const std::string& object) {
  List rows(list);
  std::vector<VisaPicture> pictures;
  std::array<std::string, kColumns.size()> row;
  while (rows.next(row)) {
    if (row[kObject] != object) continue;
    pictures.push_back({rows.choice(row[kSplit], "train", "test"),
                        rows.choice(row[kLabel], "normal", "anomaly"), rows.path(row[kImage]),
                        rows.path(row[kMask])});
  }
  return pictures;
}

}  // namespace mvga::tool
