// SPDX-License-Identifier: Apache-2.0
// The leaves of condition_reader.h: phrases, patterns, numbers, secrets, links, context. Tested by
// tests/engine/bundle_test.cc.
#include <algorithm>

#include "wasm/bundle/condition_reader.h"
#include "wasm/bundle/limits.h"

namespace breath {

bool ConditionReader::AddPhrase(uint32_t set, const std::string& phrase, const std::string& at) {
  return TakesPhrase(rule_set_->phrases.Add(set, phrase), at);
}

bool ConditionReader::TakesPhrase(PhraseSets::Refusal refusal, const std::string& at) {
  switch (refusal) {
    case PhraseSets::Refusal::kNone:
      return true;
    case PhraseSets::Refusal::kEmpty:
      return reader_->Fail("bundle.value", at, "This phrase is empty once folded. Write a word.");
    case PhraseSets::Refusal::kStarInside:
      return reader_->Fail("bundle.value", at,
                           "A star may only end a word: \"margin*\". Move or remove it.");
    case PhraseSets::Refusal::kStarAlone:
      return reader_->Fail("bundle.value", at,
                           "A star needs letters before it: \"margin*\". Add them or remove it.");
  }
  return false;
}

bool ConditionReader::HasRoomFor(size_t phrases, const std::string& at) {
  phrase_count_ += phrases;
  return phrase_count_ <= limits::kAllPhrases ||
         reader_->Fail("bundle.limit", at,
                       "The phrases and terms of the bundle are more than " +
                           std::to_string(limits::kAllPhrases) +
                           " together. Drop lists and phrases that are not needed.");
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
  if (!HasRoomFor(strings.size(), at)) return false;
  *set = rule_set_->phrases.NewSet();
  phrase_sets_.emplace(hash, std::make_pair(&phrases, *set));
  for (size_t i = 0; i < strings.size(); ++i) {
    const PhraseSets::Refusal refusal = rule_set_->phrases.Add(*set, strings[i]);
    if (refusal != PhraseSets::Refusal::kNone) return TakesPhrase(refusal, Below(at, i));
  }
  return true;
}

bool ConditionReader::AddList(const std::string& name, const json& terms, const std::string& at) {
  List list;
  std::vector<std::string> strings;
  if (!reader_->Strings(terms, at, 0, limits::kTerms, &strings) ||
      !HasRoomFor(strings.size(), at)) {
    return false;
  }
  // Each term is tried now, so that a bad one is found even if no rule uses the list.
  for (size_t i = 0; i < strings.size(); ++i) {
    std::string ignored;
    const PhraseSets::Refusal refusal = PhraseSets::Normalize(strings[i], &ignored);
    if (refusal != PhraseSets::Refusal::kNone) return TakesPhrase(refusal, Below(at, i));
  }
  list.terms = std::move(strings);
  lists_[name] = std::move(list);
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
    if (!AddPhrases(operand, operand_at, 1, &node->leaf)) return false;
    if (value.contains("seeThrough")) {
      std::vector<std::string> phrases;
      if (!reader_->Strings(operand, operand_at, 1, limits::kPhrases, &phrases) ||
          !ReadSeeThrough(value, at, phrases, node)) {
        return false;
      }
    }
    return ReadExcept(value, at, node);
  }
  if (op == "list") {
    traits->cost = 0;
    return ReadList(value, operand, at, operand_at, node) && ReadExcept(value, at, node);
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
  if (op == "shouting" || op == "longQuote") {
    const bool quote = op == "longQuote";
    node->op = quote ? Operator::kLongQuote : Operator::kShouting;
    traits->cost = 2;
    if (!reader_->Object(operand, operand_at, {"words"})) return false;
    const json* words = reader_->Member(operand, operand_at, "words", true);
    int64_t number = 0;
    if (words == nullptr ||
        !reader_->Integer(*words, Below(operand_at, "words"), 2, quote ? 1000 : 100, &number))
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
  PatternSource pattern;
  pattern.expression = expression;
  if (const json* view = reader_->Member(value, at, "view", false); view != nullptr) {
    std::string name;
    if (!reader_->String(*view, Below(at, "view"), &name)) return false;
    if (name != "raw" && name != "folded") {
      return reader_->Fail("bundle.value", Below(at, "view"), "The view is \"folded\" or \"raw\".");
    }
    pattern.raw = name == "raw";
  }
  if (const json* whole = reader_->Member(value, at, "wholeWord", false); whole != nullptr) {
    if (!reader_->Boolean(*whole, Below(at, "wholeWord"), &pattern.whole_word)) return false;
  }
  if (rule_set_->patterns.size() >= limits::kPatterns) {
    return reader_->Fail("bundle.limit", operand_at,
                         "The bundle holds more than " + std::to_string(limits::kPatterns) +
                             " patterns. Use words or lists.");
  }
  const std::string key =
      (pattern.raw ? "r" : "f") + std::string(pattern.whole_word ? "w" : "-") + expression;
  const auto known = patterns_.find(key);
  if (known != patterns_.end()) {
    node->leaf = known->second;
    return true;
  }
  std::string detail;
  switch (pattern.Validate(&detail)) {
    case PatternSource::Refusal::kNone:
      break;
    case PatternSource::Refusal::kSyntax:
      return reader_->Fail("rule.bad-pattern", operand_at,
                           "RE2 cannot take this pattern: " + detail + ". Mend it, or use words.");
    case PatternSource::Refusal::kAsciiBoundary:
      return reader_->Fail(
          "rule.ascii-boundary", operand_at,
          "\\b and \\B know ASCII letters only. Remove them and set \"wholeWord\": true.");
    case PatternSource::Refusal::kEmptyMatch:
      return reader_->Fail("rule.empty-match", operand_at,
                           "This pattern can match nothing at all. Make a part of it required.");
    case PatternSource::Refusal::kTooLarge:
      return reader_->Fail("rule.pattern-too-large", operand_at,
                           "This pattern costs about " + detail + " steps; at most " +
                               std::to_string(kHighestPatternPrice) +
                               " are allowed. Repeat less, or use words or a list.");
  }
  node->leaf = static_cast<uint32_t>(rule_set_->patterns.size());
  patterns_[key] = node->leaf;
  rule_set_->patterns.push_back(std::move(pattern));
  return true;
}

bool ConditionReader::ReadSecret(const json& operand, const std::string& at, Node* node) {
  node->op = Operator::kSecret;
  const auto [known, is_new] =
      secrets_.emplace(operand.dump(), static_cast<uint32_t>(rule_set_->secrets.size()));
  node->leaf = known->second;
  if (!is_new) return true;
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
  rule_set_->secrets.push_back(std::move(secret));
  return true;
}

bool ConditionReader::ReadLink(const json& operand, const std::string& at, Node* node) {
  node->op = Operator::kLink;
  const auto [same, is_new] =
      links_.emplace(operand.dump(), static_cast<uint32_t>(rule_set_->links.size()));
  node->leaf = same->second;
  if (!is_new) return true;
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
    if (known->second.sealed != kNoSet) {
      return reader_->Fail(
          "bundle.value", Below(at, "list"),
          "The list \"" + name +
              "\" is sealed, and a link needs to read host names. Use an open list.");
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
  hosts_ += link.hosts.size();
  if (hosts_ > limits::kHosts) {
    return reader_->Fail("bundle.limit", at,
                         "The links of the bundle name more than " +
                             std::to_string(limits::kHosts) +
                             " hosts, those of their lists included. Use one list in fewer rules.");
  }
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
