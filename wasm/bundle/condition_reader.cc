// SPDX-License-Identifier: Apache-2.0
// Operators that combine, and what a condition may hold; leaves are in condition_leaves.cc. Tested
// by tests/engine/bundle_test.cc.
#include "wasm/bundle/condition_reader.h"

#include <algorithm>

#include "wasm/bundle/limits.h"

namespace breath {
namespace {

constexpr std::string_view kOperators =
    "words, list, pattern, number, secret, link, mention, shouting, context, any, all, none, near, "
    "before, sentence, "
    "count, use";
constexpr std::string_view kOptions[] = {"except", "view", "wholeWord"};

bool IsOption(std::string_view name) {
  return std::find(std::begin(kOptions), std::end(kOptions), name) != std::end(kOptions);
}

bool IsOperator(std::string_view name) {
  size_t at = 0;
  while (at < kOperators.size()) {
    const size_t end = std::min(kOperators.find(", ", at), kOperators.size());
    if (kOperators.substr(at, end - at) == name) return true;
    at = end + 2;
  }
  return false;
}

}  // namespace

ConditionReader::ConditionReader(JsonReader* reader, RuleSet* rule_set, const json* definitions)
    : reader_(reader), rule_set_(rule_set), definitions_(definitions) {}

bool ConditionReader::Read(const json& value, const std::string& at, bool marks_needed,
                           uint32_t* node) {
  Traits traits;
  if (!ReadNode(value, at, 1, false, node, &traits)) return false;
  if (marks_needed && !traits.marks) {
    return reader_->Fail("rule.marks-nothing", at,
                         "This condition cannot mark any words, so nobody could see why. Add a "
                         "part that matches text.");
  }
  return true;
}

bool ConditionReader::ReadNode(const json& value, const std::string& at, uint32_t depth,
                               bool in_definition, uint32_t* node, Traits* traits) {
  if (!value.is_object())
    return reader_->Fail("bundle.type", at, "A condition must be an object with one operator.");
  deepest_ = std::max(deepest_, depth);
  if (depth > limits::kConditionDepth) return FailDepth(at);
  if (rule_set_->nodes.size() >= limits::kNodes) {
    return reader_->Fail("bundle.limit", at,
                         "The bundle holds too many conditions. Use lists instead.");
  }
  std::string op;
  for (auto it = value.begin(); it != value.end(); ++it) {
    if (IsOption(it.key())) continue;
    if (!IsOperator(it.key())) {
      return reader_->Fail("rule.unknown-operator", Below(at, it.key()),
                           "This is not an operator. Known: " + std::string(kOperators) + ".");
    }
    if (!op.empty()) {
      return reader_->Fail("bundle.value", at,
                           "A condition has one operator; this one has \"" + op + "\" and \"" +
                               it.key() + "\". Combine them with all or any.");
    }
    op = it.key();
  }
  if (op.empty())
    return reader_->Fail("bundle.value", at,
                         "This condition has no operator. Known: " + std::string(kOperators) + ".");
  const bool takes_except = op == "words" || op == "list" || op == "pattern";
  for (auto it = value.begin(); it != value.end(); ++it) {
    if (it.key() == op) continue;
    if (!(it.key() == "except" ? takes_except : op == "pattern")) {
      return reader_->Fail("bundle.unknown-member", Below(at, it.key()),
                           "The operator " + op + " has no such option.");
    }
  }
  const json& operand = value[op];
  const std::string operand_at = Below(at, op);
  if (op == "use") return ReadUse(operand, operand_at, depth, in_definition, node, traits);
  Node built;
  const bool combines = op == "any" || op == "all" || op == "none" || op == "near" ||
                        op == "before" || op == "sentence" || op == "count";
  if (combines) {
    if (!ReadChildren(op, operand, operand_at, depth, in_definition, &built, traits)) return false;
  } else {
    if (!ReadLeaf(op, value, operand, at, operand_at, &built, traits)) return false;
    if (op != "context") {
      const std::array<uint32_t, 5> key = {static_cast<uint32_t>(built.op),
                                           static_cast<uint32_t>(built.number), built.leaf,
                                           built.except, built.amount};
      const auto slot = memo_slots_.emplace(key, static_cast<uint32_t>(memo_slots_.size()));
      built.memo = slot.first->second;
      rule_set_->memo_slots = static_cast<uint32_t>(memo_slots_.size());
    }
  }
  *node = static_cast<uint32_t>(rule_set_->nodes.size());
  rule_set_->nodes.push_back(built);
  return true;
}

bool ConditionReader::FailDepth(const std::string& at) {
  return reader_->Fail("rule.depth", at,
                       "Conditions nest at most " + std::to_string(limits::kConditionDepth) +
                           " deep, definitions included. Flatten this one.");
}

bool ConditionReader::ReadUse(const json& operand, const std::string& at, uint32_t depth,
                              bool in_definition, uint32_t* node, Traits* traits) {
  std::string name;
  if (!reader_->String(operand, at, &name)) return false;
  if (in_definition) {
    return reader_->Fail("rule.recursive-definition", at,
                         "A definition may not use another one. Write the condition out here.");
  }
  const json* definition = nullptr;
  if (definitions_ != nullptr) {
    const auto it = definitions_->find(name);
    if (it != definitions_->end()) definition = &*it;
  }
  if (definition == nullptr) {
    return reader_->Fail("rule.unknown-definition", at,
                         "No definition has the name \"" + name + "\". Add it or mend the name.");
  }
  const auto known = expanded_.find(name);
  if (known != expanded_.end()) {
    if (depth + known->second.height - 1 > limits::kConditionDepth) return FailDepth(at);
    deepest_ = std::max(deepest_, depth + known->second.height - 1);
    *node = known->second.node;
    *traits = known->second.traits;
    return true;
  }
  const std::string definition_at = Below(Below("/definitions", name), "is");
  const auto is = definition->find("is");
  if (is == definition->end()) {
    return reader_->Fail("bundle.missing-member", Below("/definitions", name),
                         "The member \"is\" is missing. Add it.");
  }
  const uint32_t outer = deepest_;
  deepest_ = depth;
  if (!ReadNode(*is, definition_at, depth, true, node, traits)) return false;
  expanded_[name] = {*node, deepest_ - depth + 1, *traits};
  deepest_ = std::max(outer, deepest_);
  return true;
}

bool ConditionReader::ReadChildren(const std::string& op, const json& operand,
                                   const std::string& at, uint32_t depth, bool in_definition,
                                   Node* node, Traits* traits) {
  const json* of = &operand;
  std::string of_at = at;
  if (op == "near" || op == "before" || op == "sentence" || op == "count") {
    const bool measured = op == "near" || op == "before";
    if (measured && !reader_->Object(operand, at, {"within", "of"})) return false;
    if (op == "sentence" && !reader_->Object(operand, at, {"of"})) return false;
    if (op == "count" && !reader_->Object(operand, at, {"of", "atLeast"})) return false;
    of = reader_->Member(operand, at, "of", true);
    if (of == nullptr) return false;
    of_at = Below(at, "of");
    const char* amount_name = measured ? "within" : "atLeast";
    if (op != "sentence") {
      const json* amount = reader_->Member(operand, at, amount_name, true);
      int64_t number = 0;
      if (amount == nullptr || !reader_->Integer(*amount, Below(at, amount_name), measured ? 0 : 1,
                                                 limits::kWithin, &number)) {
        return false;
      }
      node->amount = static_cast<uint32_t>(number);
    }
  }
  const size_t least = op == "near" || op == "before" ? 2 : 1;
  std::vector<std::pair<uint32_t, Traits>> children;
  if (op == "count") {
    children.resize(1);
    if (!ReadNode(*of, of_at, depth + 1, in_definition, &children[0].first, &children[0].second))
      return false;
  } else {
    if (!reader_->Array(*of, of_at, least, 1000)) return false;
    children.resize(of->size());
    for (size_t i = 0; i < of->size(); ++i) {
      if (!ReadNode((*of)[i], Below(of_at, i), depth + 1, in_definition, &children[i].first,
                    &children[i].second)) {
        return false;
      }
    }
  }
  *traits = {false, true, true, 0};
  for (const auto& [child, child_traits] : children) {
    traits->marks = traits->marks || child_traits.marks;
    traits->spans = traits->spans && child_traits.spans;
    traits->settled = traits->settled && child_traits.settled;
    traits->cost = std::max(traits->cost, child_traits.cost + 1);
  }
  auto cheaper = [](const auto& a, const auto& b) { return a.second.cost < b.second.cost; };
  if (op == "any") {
    node->op = Operator::kAny;
  } else if (op == "all") {
    node->op = Operator::kAll;
    traits->spans = false;
    std::stable_sort(children.begin(), children.end(), cheaper);
  } else if (op == "none") {
    node->op = Operator::kNone;
    *traits = {false, false, false, traits->cost};
  } else if (op == "near" || op == "before") {
    node->op = op == "near" ? Operator::kNear : Operator::kBefore;
    for (size_t i = 0; i < children.size(); ++i) {
      if (!children[i].second.spans) {
        return reader_->Fail(
            "bundle.value", Below(of_at, i),
            "Inside " + op +
                " only parts that match words may stand: leaves, any, near, before and use of "
                "these. Put all, none, sentence and count outside.");
      }
    }
    if (op == "near") std::stable_sort(children.begin(), children.end(), cheaper);
  } else if (op == "sentence") {
    node->op = Operator::kSentence;
    traits->spans = false;
    // The lead decides which sentences are looked at: it must mark words, and what is true of one
    // sentence must be true of the draft, so it holds no `none`.
    std::stable_sort(children.begin(), children.end(), [](const auto& a, const auto& b) {
      const bool lead_a = a.second.marks && a.second.settled;
      const bool lead_b = b.second.marks && b.second.settled;
      if (lead_a != lead_b) return lead_a;
      return a.second.cost < b.second.cost;
    });
    if (!children[0].second.marks || !children[0].second.settled) {
      return reader_->Fail(
          "rule.marks-nothing", of_at,
          "A sentence needs at least one part that matches words and holds no none. Add it.");
    }
  } else {
    node->op = Operator::kCount;
    traits->spans = false;
    if (!traits->marks)
      return reader_->Fail("rule.marks-nothing", of_at, "Count needs a part that matches words.");
  }
  node->first_child = static_cast<uint32_t>(rule_set_->children.size());
  node->child_count = static_cast<uint32_t>(children.size());
  for (const auto& child : children) rule_set_->children.push_back(child.first);
  return true;
}

}  // namespace breath
