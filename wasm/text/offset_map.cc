// SPDX-License-Identifier: Apache-2.0
// Runs behind offset_map.h. Tested by tests/engine/text_test.cc.
#include "wasm/text/offset_map.h"

#include <stddef.h>

#include <algorithm>

namespace breath {
namespace {

// Units that do not fit a run's 16 bits are cut into several pieces; only a very long run of
// white space or of removed characters gets there.
constexpr uint32_t kLargestUnit = 0xFFFF;

}  // namespace

void OffsetMap::Add(uint32_t view_size, uint32_t source_size, uint32_t count) {
  if (source_size > kLargestUnit) {
    for (; source_size > kLargestUnit; source_size -= kLargestUnit) Add(0, kLargestUnit);
  }
  if (count == 0) return;
  if (!runs_.empty()) {
    Run& last = runs_.back();
    if (last.view_unit == view_size && last.source_unit == source_size) {
      last.count += count;
      view_size_ += view_size * count;
      source_size_ += source_size * count;
      return;
    }
  }
  runs_.push_back({view_size_, source_size_, count, static_cast<uint16_t>(view_size),
                   static_cast<uint16_t>(source_size)});
  view_size_ += view_size * count;
  source_size_ += source_size * count;
}

OffsetMap::Piece OffsetMap::TakeBack() {
  Run& last = runs_.back();
  const Piece piece = {last.view_unit, last.source_unit};
  if (--last.count == 0) runs_.pop_back();
  view_size_ -= piece.view_size;
  source_size_ -= piece.source_size;
  return piece;
}

void OffsetMap::Widen(uint32_t source_size) {
  const Piece piece = TakeBack();
  if (piece.source_size + source_size > kLargestUnit) {
    Add(piece.view_size, piece.source_size);
    Add(0, source_size);
  } else {
    Add(piece.view_size, piece.source_size + source_size);
  }
}

size_t OffsetMap::RunOfSource(uint32_t source, uint32_t* count) const {
  if (source >= source_size_) return runs_.size();
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), source,
                       [](uint32_t offset, const Run& run) { return offset < run.source; });
  const Run& run = *(after - 1);
  *count = run.count - (source - run.source) / run.source_unit;
  return static_cast<size_t>(after - 1 - runs_.begin());
}

void OffsetMap::Replace(uint32_t view_from, uint32_t from, uint32_t to, const OffsetMap& middle) {
  uint32_t count = 0;
  const size_t behind = RunOfSource(to, &count);
  std::vector<Run> rest(runs_.begin() + static_cast<ptrdiff_t>(behind), runs_.end());
  if (!rest.empty()) rest[0].count = count;
  const size_t cut = RunOfSource(from, &count);
  if (cut < runs_.size()) {
    runs_[cut].count -= count;
    runs_.resize(cut + (runs_[cut].count > 0 ? 1 : 0));
  }
  view_size_ = view_from;
  source_size_ = from;
  for (const Run& run : middle.runs_) Add(run.view_unit, run.source_unit, run.count);
  for (const Run& run : rest) Add(run.view_unit, run.source_unit, run.count);
}

const OffsetMap::Run& OffsetMap::RunAt(uint32_t view_offset) const {
  // The last run that starts at or before the offset. A run of removed text shares its view
  // offset with the run after it, so the last one is the one that shows bytes.
  if (runs_.size() == 1) return runs_[0];
  auto after = std::upper_bound(runs_.begin(), runs_.end(), view_offset,
                                [](uint32_t offset, const Run& run) { return offset < run.view; });
  return *(after - 1);
}

Span OffsetMap::ToSource(uint32_t start, uint32_t end) const {
  const Run& first = RunAt(start);
  const Run& last = RunAt(end - 1);
  const uint32_t first_piece = first.view_unit == 0 ? 0 : (start - first.view) / first.view_unit;
  const uint32_t last_piece = last.view_unit == 0 ? 0 : (end - 1 - last.view) / last.view_unit;
  return {first.source + first_piece * first.source_unit,
          last.source + (last_piece + 1) * last.source_unit};
}

uint32_t OffsetMap::FromSource(uint32_t source) const {
  auto after =
      std::upper_bound(runs_.begin(), runs_.end(), source,
                       [](uint32_t offset, const Run& run) { return offset < run.source; });
  if (after == runs_.begin()) return 0;
  const Run& run = *(after - 1);
  const uint32_t piece = run.source_unit == 0 ? 0 : (source - run.source) / run.source_unit;
  return run.view + std::min(piece, run.count) * run.view_unit;
}

}  // namespace breath
