// SPDX-License-Identifier: Apache-2.0
// Maps byte offsets of a view of a draft to UTF-16 offsets of the draft as typed, exactly, in both
// directions. A view is built left to right out of pieces: some bytes of the view that stand for
// some units of the draft. Equal neighbouring pieces share one run, so plain ASCII is one run and
// Japanese is one run as well. Tested by: tests/engine/text_test.cc
#ifndef BREATH_TEXT_OFFSET_MAP_H_
#define BREATH_TEXT_OFFSET_MAP_H_

#include <stdint.h>

#include <vector>

#include "wasm/text/span.h"

namespace breath {

class OffsetMap {
 public:
  // Forgets all pieces and keeps the room.
  void Clear() {
    runs_.clear();
    view_size_ = source_size_ = 0;
  }
  // Appends `count` pieces of `view_size` bytes each (0 for removed text) that stand for
  // `source_size` units each.
  void Add(uint32_t view_size, uint32_t source_size, uint32_t count = 1);
  // Takes back the last piece (there must be one) and says how large it was.
  struct Piece {
    uint32_t view_size;
    uint32_t source_size;
  };
  Piece TakeBack();
  // Widens the last piece by units of the draft that the view shows nothing of.
  void Widen(uint32_t source_size);

  // Puts the pieces of `middle` in the place of those that stand for units [from, to) of the draft;
  // `view_from` is the byte at which those begin. All three lie between pieces.
  void Replace(uint32_t view_from, uint32_t from, uint32_t to, const OffsetMap& middle);

  // The span of the draft that bytes [start, end) of the view stand for; start < end. A piece that
  // is touched counts whole.
  Span ToSource(uint32_t start, uint32_t end) const;
  // The first byte of the view that stands for unit `source` of the draft or for a later one.
  uint32_t FromSource(uint32_t source) const;

  uint32_t view_size() const { return view_size_; }
  uint32_t source_size() const { return source_size_; }

 private:
  struct Run {
    uint32_t view;    // offset of the first piece
    uint32_t source;  // offset of the first piece
    uint32_t count;   // pieces
    uint16_t view_unit;
    uint16_t source_unit;
  };
  const Run& RunAt(uint32_t view_offset) const;
  // The run of unit `source` of the draft and what it holds from there on; runs_.size() at the end.
  size_t RunOfSource(uint32_t source, uint32_t* count) const;

  std::vector<Run> runs_;
  uint32_t view_size_ = 0;
  uint32_t source_size_ = 0;
};

}  // namespace breath

#endif  // BREATH_TEXT_OFFSET_MAP_H_
