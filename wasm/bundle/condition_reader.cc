// SPDX-License-Identifier: Apache-2.0
// One function for each shape of condition. Tested by tests/engine/bundle_test.cc.
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

bool ConditionReader::AddPhrase(uint32_t set, const std::string& phrase, const std::string& at) {
  switch (rule_set_->phrases.Add(set, phrase)) {
    case PhraseIndex::Refusal::kNone:
      return true;
    case PhraseIndex::Refusal::kEmpty:
      return reader_->Fail("bundle.value", at, "This phrase is empty once folded. Write a word.");
    case PhraseIndex::Refusal::kStarInside:
      return reader_->Fail("bundle.value", at,
                           "A star may only end a word: \"margin*\". Move or remove it.");
    case PhraseIndex::Refusal::kStarAlone:
      return reader_->Fail("bundle.value", at,
                           "A star needs letters before it: \"margin*\". Add them or remove it.");
  }
  return false;
}

bool ConditionReader::AddPhrases(const json& phrases, const std::string& at, size_t least,
                                 uint32_t* set) {
  std::vector<std::string> strings;
  if (!reader_->Strings(phrases, at, least, limits::kPhrases, &strings)) return false;
  const size_t hash = std::hash<json>()(phrases);
  const auto [first, last] = phrase_sets_.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    if (*it->second.first == phrases) {
      *set = it->second.second;
      return true;
    }
  }
  *set = sets_++;
  phrase_sets_.emplace(hash, std::make_pair(&phrases, *set));
  for (size_t i = 0; i < strings.size(); ++i) {
    if (!AddPhrase(*set, strings[i], Below(at, i))) return false;
  }
  return true;
}

bool ConditionReader::AddList(const std::string& name, const json& terms, const std::string& at) {
  List list;
  std::vector<std::string> strings;
  if (!reader_->Strings(terms, at, 0, limits::kPhrases, &strings)) return false;
  // Each term is tried now, so that a bad one is found even if no rule uses the list.
  PhraseIndex trial;
  for (size_t i = 0; i < strings.size(); ++i) {
    if (trial.Add(0, strings[i]) != PhraseIndex::Refusal::kNone)
      return AddPhrase(0, strings[i], Below(at, i));
  }
  list.terms = std::move(strings);
  lists_[name] = std::move(list);
  return true;
}

void ConditionReader::Finish() { rule_set_->phrases.Finish(sets_); }

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

bool ConditionReader::ReadExcept(const json& value, const std::string& at, Node* node) {
  const json* except = reader_->Member(value, at, "except", false);
  return except == nullptr || AddPhrases(*except, Below(at, "except"), 1, &node->except);
}

bool ConditionReader::ReadLeaf(const std::string& op, const json& value, const json& operand,
                               const std::string& at, const std::string& operand_at, Node* node,
                               Traits* traits) {
  *traits = {true, true, true, 1};
  if (op == "words") {
    node->op = Operator::kWords;
    traits->cost = 0;
    return AddPhrases(operand, operand_at, 1, &node->leaf) && ReadExcept(value, at, node);
  }
  if (op == "list") {
    node->op = Operator::kWords;
    traits->cost = 0;
    std::string name;
    if (!reader_->String(operand, operand_at, &name)) return false;
    const auto list = lists_.find(name);
    if (list == lists_.end()) {
      return reader_->Fail("rule.unknown-list", operand_at,
                           "No list has the name \"" + name + "\". Add it or mend the name.");
    }
    if (list->second.set == kNoSet) {
      list->second.set = sets_++;
      for (const std::string& term : list->second.terms) {
        if (!AddPhrase(list->second.set, term, operand_at)) return false;
      }
    }
    node->leaf = list->second.set;
    return ReadExcept(value, at, node);
  }
  if (op == "pattern") {
    traits->cost = 6;
    return ReadPattern(value, operand, at, operand_at, node) && ReadExcept(value, at, node);
  }
  if (op == "number") {
    node->op = Operator::kNumber;
    traits->cost = 2;
    std::string kind;
    if (!reader_->String(operand, operand_at, &kind)) return false;
    if (!NumberKindFromName(kind, &node->number)) {
      return reader_->Fail(
          "bundle.value", operand_at,
          "This is not a kind of number. Known: " + std::string(kNumberKinds) + ".");
    }
    return true;
  }
  if (op == "secret") {
    traits->cost = 3;
    return ReadSecret(operand, operand_at, node);
  }
  if (op == "link") {
    traits->cost = 2;
    return ReadLink(operand, operand_at, node);
  }
  if (op == "mention") {
    node->op = Operator::kMention;
    return reader_->True(operand, operand_at);
  }
  if (op == "shouting") {
    node->op = Operator::kShouting;
    traits->cost = 2;
    if (!reader_->Object(operand, operand_at, {"words"})) return false;
    const json* words = reader_->Member(operand, operand_at, "words", true);
    int64_t number = 0;
    if (words == nullptr || !reader_->Integer(*words, Below(operand_at, "words"), 2, 100, &number))
      return false;
    node->amount = static_cast<uint32_t>(number);
    return true;
  }
  *traits = {false, false, true, 0};
  return ReadContext(operand, operand_at, node);
}

bool ConditionReader::ReadPattern(const json& value, const json& operand, const std::string& at,
                                  const std::string& operand_at, Node* node) {
  node->op = Operator::kPattern;
  std::string expression;
  if (!reader_->String(operand, operand_at, &expression)) return false;
  if (expression.size() > limits::kPatternBytes) {
    return reader_->Fail("bundle.limit", operand_at,
                         "This pattern is longer than " + std::to_string(limits::kPatternBytes) +
                             " bytes. Use words or a list.");
  }
  Pattern::Options options;
  if (const json* view = reader_->Member(value, at, "view", false); view != nullptr) {
    std::string name;
    if (!reader_->String(*view, Below(at, "view"), &name)) return false;
    if (name != "raw" && name != "folded") {
      return reader_->Fail("bundle.value", Below(at, "view"), "The view is \"folded\" or \"raw\".");
    }
    options.raw = name == "raw";
  }
  if (const json* whole = reader_->Member(value, at, "wholeWord", false); whole != nullptr) {
    if (!reader_->Boolean(*whole, Below(at, "wholeWord"), &options.whole_word)) return false;
  }
  if (rule_set_->patterns.size() >= limits::kPatterns) {
    return reader_->Fail("bundle.limit", operand_at,
                         "The bundle holds more than " + std::to_string(limits::kPatterns) +
                             " patterns. Use words or lists.");
  }
  const std::string key =
      (options.raw ? "r" : "f") + std::string(options.whole_word ? "w" : "-") + expression;
  const auto known = patterns_.find(key);
  if (known != patterns_.end()) {
    node->leaf = known->second;
    return true;
  }
  Pattern pattern(expression, options);
  std::string detail;
  switch (pattern.Validate(&detail)) {
    case Pattern::Refusal::kNone:
      break;
    case Pattern::Refusal::kSyntax:
      return reader_->Fail("rule.bad-pattern", operand_at,
                           "RE2 cannot take this pattern: " + detail + ". Mend it, or use words.");
    case Pattern::Refusal::kAsciiBoundary:
      return reader_->Fail(
          "rule.ascii-boundary", operand_at,
          "\\b and \\B know ASCII letters only. Remove them and set \"wholeWord\": true.");
    case Pattern::Refusal::kEmptyMatch:
      return reader_->Fail("rule.empty-match", operand_at,
                           "This pattern can match nothing at all. Make a part of it required.");
  }
  node->leaf = static_cast<uint32_t>(rule_set_->patterns.size());
  patterns_[key] = node->leaf;
  rule_set_->patterns.push_back(std::move(pattern));
  return true;
}

bool ConditionReader::ReadSecret(const json& operand, const std::string& at, Node* node) {
  node->op = Operator::kSecret;
  if (!reader_->Object(operand, at, {"prefix", "after", "shape", "alphabet", "length", "entropy"}))
    return false;
  const json* prefix = reader_->Member(operand, at, "prefix", false);
  const json* after = reader_->Member(operand, at, "after", false);
  const json* shape = reader_->Member(operand, at, "shape", false);
  const int forms =
      (prefix != nullptr ? 1 : 0) + (after != nullptr ? 1 : 0) + (shape != nullptr ? 1 : 0);
  if (forms != 1)
    return reader_->Fail("bundle.value", at,
                         "A secret has exactly one of prefix, after and shape.");
  Secret secret;
  const json* alphabet = reader_->Member(operand, at, "alphabet", false);
  const json* length = reader_->Member(operand, at, "length", shape == nullptr);
  const json* entropy = reader_->Member(operand, at, "entropy", false);
  if (shape != nullptr) {
    std::string name;
    if (!reader_->String(*shape, Below(at, "shape"), &name)) return false;
    if (!SecretShapeFromName(name, &secret.shape)) {
      return reader_->Fail("bundle.value", Below(at, "shape"),
                           "This is not a known shape. Known: " + std::string(kSecretShapes) + ".");
    }
    if (alphabet != nullptr || length != nullptr || entropy != nullptr) {
      return reader_->Fail("bundle.value", at,
                           "A shape stands alone: remove alphabet, length and entropy.");
    }
  } else if (length == nullptr) {
    return false;
  }
  if (prefix != nullptr) {
    secret.shape = SecretShape::kPrefix;
    if (!reader_->Strings(*prefix, Below(at, "prefix"), 1, 1000, &secret.prefixes)) return false;
    for (size_t i = 0; i < secret.prefixes.size(); ++i) {
      if (secret.prefixes[i].size() < 2) {
        return reader_->Fail("bundle.value", Below(Below(at, "prefix"), i),
                             "A prefix has at least two characters.");
      }
    }
  }
  if (after != nullptr) {
    secret.shape = SecretShape::kAfter;
    if (!AddPhrases(*after, Below(at, "after"), 1, &secret.cue_set)) return false;
  }
  if (alphabet != nullptr) {
    std::string name;
    if (!reader_->String(*alphabet, Below(at, "alphabet"), &name)) return false;
    if (!AlphabetFromName(name, &secret.alphabet)) {
      return reader_->Fail("bundle.value", Below(at, "alphabet"),
                           "This is not an alphabet. Known: " + std::string(kAlphabets) + ".");
    }
  }
  if (length != nullptr) {
    const std::string length_at = Below(at, "length");
    if (!reader_->Object(*length, length_at, {"min", "max"})) return false;
    int64_t bounds[2] = {1, 4096};
    const char* names[2] = {"min", "max"};
    for (int i = 0; i < 2; ++i) {
      const json* bound = reader_->Member(*length, length_at, names[i], true);
      if (bound == nullptr ||
          !reader_->Integer(*bound, Below(length_at, names[i]), 1, 4096, &bounds[i]))
        return false;
    }
    if (bounds[0] > bounds[1])
      return reader_->Fail("bundle.value", length_at, "min is larger than max. Swap them.");
    secret.min = static_cast<uint32_t>(bounds[0]);
    secret.max = static_cast<uint32_t>(bounds[1]);
  }
  if (entropy != nullptr && !reader_->Number(*entropy, Below(at, "entropy"), 0, 8, &secret.entropy))
    return false;
  node->leaf = static_cast<uint32_t>(rule_set_->secrets.size());
  rule_set_->secrets.push_back(std::move(secret));
  return true;
}

bool ConditionReader::ReadLink(const json& operand, const std::string& at, Node* node) {
  node->op = Operator::kLink;
  if (!reader_->Object(operand, at, {"hosts", "list"})) return false;
  Link link;
  const json* hosts = reader_->Member(operand, at, "hosts", false);
  const json* list = reader_->Member(operand, at, "list", false);
  link.any = hosts == nullptr && list == nullptr;
  std::vector<std::string> written;
  if (hosts != nullptr &&
      !reader_->Strings(*hosts, Below(at, "hosts"), 1, limits::kPhrases, &written))
    return false;
  for (size_t i = 0; i < written.size(); ++i) {
    const std::string host = NormalizeHost(written[i]);
    if (host.empty() || host.find('.') == std::string::npos) {
      return reader_->Fail("bundle.value", Below(Below(at, "hosts"), i),
                           "This is not a host name such as news.example.");
    }
    link.hosts.push_back(host);
  }
  if (list != nullptr) {
    std::string name;
    if (!reader_->String(*list, Below(at, "list"), &name)) return false;
    const auto known = lists_.find(name);
    if (known == lists_.end()) {
      return reader_->Fail("rule.unknown-list", Below(at, "list"),
                           "No list has the name \"" + name + "\". Add it or mend the name.");
    }
    for (const std::string& term : known->second.terms) {
      const std::string host = NormalizeHost(term);
      if (host.find('.') == std::string::npos) {
        return reader_->Fail("bundle.value", Below(at, "list"),
                             "The list \"" + name + "\" holds \"" + term +
                                 "\", which is not a host name such as news.example.");
      }
      link.hosts.push_back(host);
    }
  }
  node->leaf = static_cast<uint32_t>(rule_set_->links.size());
  rule_set_->links.push_back(std::move(link));
  return true;
}

bool ConditionReader::ReadContext(const json& operand, const std::string& at, Node* node) {
  node->op = Operator::kContext;
  if (!reader_->Object(operand, at, {"site", "surface", "audience", "reply", "media"}))
    return false;
  if (operand.empty())
    return reader_->Fail("bundle.value", at, "This context asks for nothing. Add a member.");
  ContextTest test;
  struct Choice {
    const char* name;
    std::vector<std::string>* out;
    std::vector<std::string> known;
  };
  const Choice choices[] = {
      {"site", &test.sites, {}},
      {"surface", &test.surfaces, {"post", "reply", "comment", "message", "article"}},
      {"audience", &test.audiences, {"external", "internal", "unknown"}},
  };
  for (const Choice& choice : choices) {
    const json* member = reader_->Member(operand, at, choice.name, false);
    if (member == nullptr) continue;
    const std::string member_at = Below(at, choice.name);
    if (!reader_->Strings(*member, member_at, 1, 100, choice.out)) return false;
    for (size_t i = 0; i < choice.out->size() && !choice.known.empty(); ++i) {
      if (std::find(choice.known.begin(), choice.known.end(), (*choice.out)[i]) ==
          choice.known.end()) {
        return reader_->Fail("bundle.value", Below(member_at, i),
                             std::string("This is not a known ") + choice.name + ".");
      }
    }
  }
  const std::pair<const char*, int8_t*> flags[] = {{"reply", &test.reply}, {"media", &test.media}};
  for (const auto& [name, out] : flags) {
    const json* member = reader_->Member(operand, at, name, false);
    if (member == nullptr) continue;
    bool value = false;
    if (!reader_->Boolean(*member, Below(at, name), &value)) return false;
    *out = value ? 1 : 0;
  }
  node->leaf = static_cast<uint32_t>(rule_set_->contexts.size());
  rule_set_->contexts.push_back(std::move(test));
  return true;
}

}  // namespace breath
