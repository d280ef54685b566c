// SPDX-License-Identifier: Apache-2.0
// Behind leaf_maker.h. Tested by tests/oracle/oracle_test.cc.
#include "tests/oracle/leaf_maker.h"

#include <set>

#include "tests/oracle/expression_maker.h"
#include "tests/oracle/vocabulary.h"
#include "wasm/match/sealed_list.h"
#include "wasm/text/unicode.h"

namespace breath::oracle {
namespace {

using nlohmann::json;

// What JSON and the format take: well formed, without NUL.
bool IsCleanText(const std::string& text) {
  for (size_t at = 0; at < text.size();) {
    const Decoded decoded = DecodeAt(text, at);
    if (!decoded.valid || decoded.code_point == 0) return false;
    at += decoded.size;
  }
  return true;
}

// Not all respelled words are phrases: they may hold a star, or nothing once folded.
bool IsPhrase(const std::string& phrase) {
  const std::string folded = FoldText(phrase);
  const size_t star = folded.find('*');
  return folded.find_first_not_of(' ') != std::string::npos && IsCleanText(phrase) &&
         (star == std::string::npos || (star > 0 && star + 1 == folded.size() &&
                                        Has(DecodeBefore(folded, star).code_point, kWord)));
}

}  // namespace

std::string LeafMaker::Phrase() {
  std::string phrase = AnyWord(choices_);
  if (choices_->OnceIn(3)) phrase += " " + AnyWord(choices_);
  if (choices_->OnceIn(8)) phrase = Respelled(phrase, choices_);
  hints_.push_back(phrase);
  // A star may only end a word.
  const std::string folded = FoldText(phrase);
  if (choices_->OnceIn(4) && !folded.empty() &&
      Has(DecodeBefore(folded, folded.size()).code_point, kWord)) {
    phrase += "*";
  }
  return IsPhrase(phrase) ? phrase : "kestrel";
}

json LeafMaker::Phrases() {
  json phrases = json::array({Phrase()});
  for (uint32_t more = choices_->Below(4); more > 0; --more) phrases.push_back(Phrase());
  return phrases;
}

std::string LeafMaker::Host() {
  hints_.push_back(AnyHost(choices_));
  return hints_.back();
}

json LeafMaker::List(const char* name) {
  if (!lists_.contains(name)) {
    json terms = json::array();
    if (std::string_view(name) == "people") terms = Phrases();
    if (std::string_view(name) == "hosts") terms = json::array({Host(), Host()});
    lists_[name] = {{"title", name}, {"owner", "Legal"}, {"terms", terms}};
  }
  return name;
}

json LeafMaker::SealedList() {
  constexpr const char* kName = "sealed";
  if (lists_.contains(kName)) return kName;
  static constexpr char kDigits[] = "0123456789abcdef";
  uint8_t salt[16];
  std::string salt_hex;
  for (uint8_t& byte : salt) {
    byte = static_cast<uint8_t>(choices_->Below(256));
    salt_hex += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  std::set<uint32_t> words;
  json hashes = json::array();
  for (const json& phrase : Phrases()) {
    SealedTerm term;
    if (SealPhrase(SipKeyFromBytes(salt), phrase.get<std::string>(), &term) != SealRefusal::kNone) {
      continue;
    }
    std::string hex;
    for (uint32_t i = 0; i < 8; ++i) {
      const auto byte = static_cast<uint8_t>(term.hash >> (8 * i));
      hex += {kDigits[byte >> 4], kDigits[byte & 15]};
    }
    words.insert(term.words);
    hashes.push_back(hex);
  }
  lists_[kName] = {{"title", kName},
                   {"owner", "Legal"},
                   {"sealed", {{"salt", salt_hex}, {"words", words}, {"hashes", hashes}}}};
  return kName;
}

json LeafMaker::Leaf() {
  static constexpr const char* kNumbers[] = {"card",  "iban", "ssn", "phone",
                                             "email", "nino", "nhs", "ip"};
  json leaf;
  switch (choices_->Below(27)) {
    default:
      leaf["words"] = Phrases();
      if (choices_->OnceIn(3)) leaf["seeThrough"] = true;
      break;
    case 8:
    case 9:
      leaf["list"] = List(choices_->OnceIn(8) ? "nobody" : "people");
      if (choices_->OnceIn(3)) leaf["seeThrough"] = true;
      break;
    case 10:
    case 11:
    case 12:
    case 13:
    case 14:
    case 15:
      leaf = Pattern();
      break;
    case 16:
    case 17:
      return {{"number", choices_->Pick(kNumbers)}};
    case 18:
      return {{"secret", Secret()}};
    case 19:
    case 20:
      return {{"link", Link()}};
    case 21:
      return {{"mention", true}};
    case 22:
      return {{"shouting", {{"words", 2 + choices_->Below(2)}}}};
    case 23:
      return {{"longQuote", {{"words", 2 + choices_->Below(4)}}}};
    case 24:
      leaf["list"] = SealedList();
      break;
  }
  if (choices_->OnceIn(4)) leaf["except"] = Phrases();
  return leaf;
}

json LeafMaker::Pattern() {
  Expression expression = AnyExpression(choices_);
  if (choices_->OnceIn(256) && choices_->OnceIn(2)) {  // rare: each costs a tenth of a second
    expression = {choices_->OnceIn(2) ? kFloodedVague : kFloodedPattern, kFloodedSample};
  }
  hints_.push_back(expression.sample);
  json leaf = {{"pattern", expression.pattern}};
  if (choices_->OnceIn(3)) leaf["view"] = "raw";
  if (choices_->OnceIn(3)) leaf["wholeWord"] = true;
  return leaf;
}

json LeafMaker::Link() {
  switch (choices_->Below(4)) {
    case 0:
      return json::object();
    case 1:
      return {{"list", List("hosts")}};
    case 2:
      return {{"hosts", json::array({Host()})}, {"list", List("hosts")}};
    default:
      return {{"hosts", json::array({"*." + Host(), "https://" + Host() + "/x"})}};
  }
}

json LeafMaker::Secret() {
  static constexpr const char* kAlphabets[] = {"alnum", "hex", "digits", "upper", "base64"};
  static constexpr const char* kShapes[] = {"jwt", "private-key", "url-password"};
  json secret;
  switch (choices_->Below(3)) {
    case 0:
      secret["prefix"] = json::array({"tok_", "key-"});
      break;
    case 1:
      secret["after"] = json::array({"password", Phrase()});
      break;
    default:
      return {{"shape", choices_->Pick(kShapes)}};
  }
  secret["length"] = {{"min", 1 + choices_->Below(8)}, {"max", 8 + choices_->Below(20)}};
  if (choices_->OnceIn(2)) secret["alphabet"] = choices_->Pick(kAlphabets);
  if (choices_->OnceIn(3)) secret["entropy"] = 2.0;
  return secret;
}

}  // namespace breath::oracle
