// SPDX-License-Identifier: Apache-2.0
// The hash table behind the stand-ins for Abseil's flat_hash_map and flat_hash_set: open
// addressing, linear probing, deletion by shifting back (Knuth, The Art of Computer Programming 3,
// section 6.4, algorithm R). Only what RE2 uses, for slots that are plain values; no heterogeneous
// look-up, no node handles, no ordering. Like Abseil's, it moves its slots when it grows: an
// iterator lives until the next insertion or erasure. Tested by: tests/engine/stand_ins_test.cc
#ifndef BREATH_THIRD_PARTY_ABSL_CONTAINER_PROBING_TABLE_H_
#define BREATH_THIRD_PARTY_ABSL_CONTAINER_PROBING_TABLE_H_

#include <stddef.h>
#include <stdint.h>

#include <type_traits>
#include <utility>
#include <vector>

namespace breath_absl {

// A pointer's low bits and a small number's high bits are all alike; a multiplication mixes them.
struct DefaultHash {
  template <typename T>
  size_t operator()(T key) const {
    if constexpr (std::is_pointer_v<T>) {
      return Mix(reinterpret_cast<uintptr_t>(key));
    } else {
      return Mix(static_cast<uint64_t>(key));
    }
  }
  static size_t Mix(uint64_t key) {
    key = (key ^ (key >> 32)) * 0x9E3779B97F4A7C15ULL;
    return static_cast<size_t>(key >> 32);
  }
};

template <typename Slot, typename KeyOf, typename Hash, typename Equal>
class ProbingTable {
  static_assert(std::is_trivially_copyable_v<Slot>, "slots are moved by assignment");

 public:
  template <typename Table, typename Value>
  class Iterator {
   public:
    Iterator() = default;
    Iterator(Table* table, size_t at) : table_(table), at_(at) { SkipEmpty(); }
    // From an iterator that may write to one that may not.
    template <typename OtherTable, typename OtherValue,
              typename = std::enable_if_t<std::is_convertible_v<OtherTable*, Table*>>>
    Iterator(const Iterator<OtherTable, OtherValue>& other)
        : table_(other.table_), at_(other.at_) {}
    Value& operator*() const { return table_->slots_[at_]; }
    Value* operator->() const { return &table_->slots_[at_]; }
    Iterator& operator++() {
      ++at_;
      SkipEmpty();
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
    friend bool operator!=(const Iterator& a, const Iterator& b) { return a.at_ != b.at_; }

   private:
    template <typename, typename>
    friend class Iterator;
    void SkipEmpty() {
      while (at_ < table_->marks_.size() && table_->marks_[at_] == 0) ++at_;
    }
    Table* table_ = nullptr;
    size_t at_ = 0;
  };
  using iterator = Iterator<ProbingTable, Slot>;
  using const_iterator = Iterator<const ProbingTable, const Slot>;

  iterator begin() { return {this, 0}; }
  iterator end() { return {this, marks_.size()}; }
  const_iterator begin() const { return {this, 0}; }
  const_iterator end() const { return {this, marks_.size()}; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  template <typename Key>
  iterator find(const Key& key) {
    return {this, Position(key)};
  }
  template <typename Key>
  const_iterator find(const Key& key) const {
    return {this, Position(key)};
  }

  // Whether it is new, and where it now is.
  std::pair<iterator, bool> insert(const Slot& slot) {
    const size_t found = Position(KeyOf()(slot));
    if (found < marks_.size()) return {{this, found}, false};
    if (4 * (size_ + 1) > 3 * marks_.size()) Grow();
    ++size_;
    return {{this, Place(Mark(KeyOf()(slot)), slot)}, true};
  }

  template <typename Key>
  size_t erase(const Key& key) {
    size_t hole = Position(key);
    if (hole == marks_.size()) return 0;
    const size_t mask = marks_.size() - 1;
    for (size_t at = (hole + 1) & mask; marks_[at] != 0; at = (at + 1) & mask) {
      // A slot may fill the hole unless its home lies after the hole, going round.
      const size_t home = marks_[at] & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      marks_[hole] = marks_[at];
      slots_[hole] = slots_[at];
      hole = at;
    }
    marks_[hole] = 0;
    --size_;
    return 1;
  }

  // A large table is given back: wiping it would cost more than what the next user puts into it.
  void clear() {
    size_ = 0;
    if (marks_.size() > kSmall) {
      std::vector<uint32_t>().swap(marks_);
      std::vector<Slot>().swap(slots_);
    } else {
      marks_.assign(marks_.size(), 0);
    }
  }

 private:
  static constexpr size_t kSmall = 128;  // slots
  static constexpr size_t kFirst = 16;   // slots of the first table, a power of two

  // What is kept of a key's hash; 0 marks an empty slot.
  template <typename Key>
  static uint32_t Mark(const Key& key) {
    const uint32_t mark = static_cast<uint32_t>(Hash()(key));
    return mark == 0 ? 1 : mark;
  }

  // Where the key is, or marks_.size(). A table is never full, so the walk ends.
  template <typename Key>
  size_t Position(const Key& key) const {
    if (size_ == 0) return marks_.size();
    const size_t mask = marks_.size() - 1;
    const uint32_t mark = Mark(key);
    for (size_t at = mark & mask; marks_[at] != 0; at = (at + 1) & mask) {
      if (marks_[at] == mark && Equal()(KeyOf()(slots_[at]), key)) return at;
    }
    return marks_.size();
  }

  size_t Place(uint32_t mark, const Slot& slot) {
    const size_t mask = marks_.size() - 1;
    size_t at = mark & mask;
    while (marks_[at] != 0) at = (at + 1) & mask;
    marks_[at] = mark;
    slots_[at] = slot;
    return at;
  }

  void Grow() {
    const size_t capacity = marks_.empty() ? kFirst : 2 * marks_.size();
    std::vector<uint32_t> marks(capacity, 0);
    std::vector<Slot> slots(capacity);
    marks.swap(marks_);
    slots.swap(slots_);
    for (size_t i = 0; i < marks.size(); ++i) {
      if (marks[i] != 0) Place(marks[i], slots[i]);
    }
  }

  std::vector<uint32_t> marks_;
  std::vector<Slot> slots_;
  size_t size_ = 0;
};

}  // namespace breath_absl

#endif  // BREATH_THIRD_PARTY_ABSL_CONTAINER_PROBING_TABLE_H_
