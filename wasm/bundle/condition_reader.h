// SPDX-License-Identifier: Apache-2.0
// Turns the JSON of a condition into nodes of a rule set. Definitions are expanded where they are
// used, lists become phrase sets once. Patterns are parsed, not compiled. Semantics:
// rules/FORMAT.md, section 4. Tested by: tests/engine/bundle_test.cc,
// tests/engine/condition_test.cc
#ifndef BREATH_BUNDLE_CONDITION_READER_H_
#define BREATH_BUNDLE_CONDITION_READER_H_

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "wasm/bundle/json_reader.h"
#include "wasm/rules/rule_set.h"

namespace breath {

class ConditionReader {
 public:
  using json = nlohmann::json;

  // `definitions` is the object of the bundle (or null) and must outlive the reader.
  ConditionReader(JsonReader* reader, RuleSet* rule_set, const json* definitions);

  // Reads the terms of a list, before any condition.
  bool AddList(const std::string& name, const json& terms, const std::string& at);
  // The same for a sealed list: the object with salt, words and hashes.
  bool AddSealedList(const std::string& name, const json& sealed, const std::string& at);
  // Reads a condition; `node` becomes its root. With `marks_needed` it must be able to mark words.
  bool Read(const json& value, const std::string& at, bool marks_needed, uint32_t* node);
  // Call once after the last condition: completes what sees through disguises.
  void Finish();

 private:
  // What a condition may be used for.
  struct Traits {
    bool marks = false;    // can mark words
    bool spans = false;    // made of matches only: may stand inside near and before
    bool settled = false;  // holds no `none`: what is true of a part is true of the whole
    uint32_t cost = 0;     // order of evaluation; cheap ones first
  };

  bool FailDepth(const std::string& at);
  bool ReadNode(const json& value, const std::string& at, uint32_t depth, bool in_definition,
                uint32_t* node, Traits* traits);
  bool ReadLeaf(const std::string& op, const json& value, const json& operand,
                const std::string& at, const std::string& operand_at, Node* node, Traits* traits);
  bool ReadChildren(const std::string& op, const json& operand, const std::string& at,
                    uint32_t depth, bool in_definition, Node* node, Traits* traits);
  bool ReadUse(const json& operand, const std::string& at, uint32_t depth, bool in_definition,
               uint32_t* node, Traits* traits);
  bool ReadPattern(const json& value, const json& operand, const std::string& at,
                   const std::string& operand_at, Node* node);
  bool ReadSecret(const json& operand, const std::string& at, Node* node);
  bool ReadLink(const json& operand, const std::string& at, Node* node);
  bool ReadContext(const json& operand, const std::string& at, Node* node);
  bool ReadExcept(const json& value, const std::string& at, Node* node);
  bool ReadList(const json& value, const json& operand, const std::string& at,
                const std::string& operand_at, Node* node);
  // With `"seeThrough": true`, turns a node of words into one that also finds disguised spelling.
  bool ReadSeeThrough(const json& value, const std::string& at,
                      const std::vector<std::string>& phrases, Node* node);
  bool AddPhrases(const json& phrases, const std::string& at, size_t least, uint32_t* set);
  bool AddPhrase(uint32_t set, const std::string& phrase, const std::string& at);
  bool TakesPhrase(PhraseSets::Refusal refusal, const std::string& at);
  // Counts phrases about to be kept.
  bool HasRoomFor(size_t phrases, const std::string& at);

  struct Definition {
    uint32_t node = kNoNode;
    uint32_t height = 0;  // levels of the expanded condition
    Traits traits;
  };
  struct List {
    uint32_t set = kNoSet;
    std::vector<std::string> terms;
    uint32_t sealed = kNoSet;  // its set in the sealed tables; a sealed list has no terms
  };

  JsonReader* reader_;
  RuleSet* rule_set_;
  const json* definitions_;
  std::map<std::string, List> lists_;
  std::map<std::string, Definition> expanded_;  // by name: a definition is read once
  std::map<std::string, uint32_t>
      patterns_;  // by expression and options: equal patterns are parsed once
  // By their JSON: equal ones are kept, and looked for in a draft, once.
  std::map<std::string, uint32_t> secrets_;
  std::map<std::string, uint32_t> links_;
  size_t hosts_ = 0;         // of all links
  size_t phrase_count_ = 0;  // of all leaves and open lists
  size_t seen_through_ = 0;  // phrases with seeThrough
  uint32_t deepest_ = 0;     // the deepest level read since it was set
  // Equal arrays share a set: by hash, then by value. The bundle outlives the reader.
  std::unordered_multimap<size_t, std::pair<const json*, uint32_t>> phrase_sets_;
  // Equal leaves are read once per draft: operator, kind, table index, exception, amount.
  std::map<std::array<uint32_t, 5>, uint32_t> memo_slots_;
  // By phrase set: its set in the tables of seeThrough.
  std::map<uint32_t, uint32_t> disguised_sets_;
  SeeThroughBuilder see_through_;
};

}  // namespace breath

#endif  // BREATH_BUNDLE_CONDITION_READER_H_
