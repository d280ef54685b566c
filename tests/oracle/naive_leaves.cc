// SPDX-License-Identifier: Apache-2.0
// Leaves read the slow way: every phrase at every offset, every expression by plain RE2. Where
// rules/FORMAT.md leaves a choice, the comment says which reading this is.
// Tested by tests/oracle/oracle_test.cc.
#include <algorithm>
#include <map>
#include <memory>

#include "re2/re2.h"
#include "tests/oracle/leaf_finders.h"
#include "wasm/text/unicode.h"

namespace breath::oracle {
namespace {

using nlohmann::json;

bool IsWord(std::string_view text, size_t at) {
  return at < text.size() && Has(DecodeAt(text, at).code_point, kWord);
}
bool EndsInWord(std::string_view text) {
  return !text.empty() && Has(DecodeBefore(text, text.size()).code_point, kWord);
}
bool IsInsideCharacter(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80;
}

std::string Trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

// The end of the match of a folded phrase at byte `at` of the folded text, or 0 when there is none.
size_t PhraseEnd(std::string_view phrase, std::string_view text, size_t at) {
  if (IsWord(phrase, 0) && !IsWordBoundary(text, at)) return 0;
  size_t end = at;
  for (const char wanted : phrase) {
    if (wanted == '*') {  // any ending of the word
      while (end < text.size() && !IsWordBoundary(text, end)) end += DecodeAt(text, end).size;
      continue;
    }
    if (end == text.size()) return 0;
    // White space is one space by now.
    const bool fits = text[end] == wanted || (wanted == ' ' && text[end] == '-');
    if (!fits) return 0;
    ++end;
  }
  if (EndsInWord(phrase) && !IsWordBoundary(text, end)) return 0;
  return end;
}

// Expressions are compiled once: a shrinking case asks for the same one a thousand times.
const re2::RE2& Compiled(const std::string& expression, bool raw, int64_t memory) {
  static auto& known = *new std::map<std::string, std::unique_ptr<re2::RE2>>;
  if (known.size() > 500) known.clear();
  std::unique_ptr<re2::RE2>& compiled =
      known[(raw ? "raw " : "folded ") + std::to_string(memory) + " " + expression];
  if (compiled == nullptr) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(raw);
    options.set_max_mem(memory);
    compiled = std::make_unique<re2::RE2>(expression, options);
  }
  return *compiled;
}

std::vector<std::string> Strings(const json& array) {
  return array.get<std::vector<std::string>>();
}

SpanList Without(const SpanList& matches, const SpanList& exceptions) {
  SpanList kept;
  for (const Span& match : matches) {
    bool spoiled = false;
    for (const Span& hole : exceptions) {
      spoiled = spoiled || (hole.start < match.end && match.start < hole.end);
    }
    if (!spoiled) kept.push_back(match);
  }
  return kept;
}

// "https://*.News.example/path" is the host news.example.
std::string HostOf(const std::string& written) {
  std::string host = FoldText(written);
  const size_t scheme = host.find("://");
  if (scheme != std::string::npos) host.erase(0, scheme + 3);
  if (host.rfind("*.", 0) == 0) host.erase(0, 2);
  host.erase(0, host.find_first_not_of('.'));
  host.erase(std::min(host.find_first_of("/:?# "), host.size()));
  while (!host.empty() && host.back() == '.') host.pop_back();
  return host;
}

bool IsHostOrBelow(const std::string& host, const std::string& wanted) {
  const std::string dotted = "." + host;
  const std::string ending = "." + wanted;
  return dotted.size() >= ending.size() &&
         dotted.compare(dotted.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

SpanList FindPhrases(const Draft& draft, const std::vector<std::string>& phrases) {
  const View& view = draft.folded();
  SpanList found;
  for (const std::string& written : phrases) {
    const std::string phrase = Trimmed(FoldText(written));
    for (size_t at = 0; at < view.text.size(); ++at) {
      if (IsInsideCharacter(view.text, at)) continue;
      const size_t end = PhraseEnd(phrase, view.text, at);
      if (end > at) {
        found.push_back(view.map.ToSource(static_cast<uint32_t>(at), static_cast<uint32_t>(end)));
      }
    }
  }
  Normalize(&found);
  return found;
}

// Matches from left to right, each from where the one before it ended. A whole-word match can only
// start at a boundary, so `wholeWord` asks RE2 at each boundary for the match that starts there and
// keeps it if it ends at a boundary too.
LeafMatches FindPattern(const Draft& draft, const json& leaf) {
  constexpr int64_t kAmple = int64_t{1} << 30;
  const std::string expression = leaf.at("pattern");
  const bool raw = leaf.value("view", "folded") == "raw";
  const bool whole_word = leaf.value("wholeWord", false);
  const re2::RE2* pattern = &Compiled(expression, raw, kAmple);
  const View& view = raw ? draft.raw() : draft.folded();
  const std::string& text = view.text;
  LeafMatches found;
  size_t at = 0;
  while (at < text.size()) {
    if (IsInsideCharacter(text, at) || (whole_word && !IsWordBoundary(text, at))) {
      ++at;
      continue;
    }
    absl::string_view match;
    const auto anchor = whole_word ? re2::RE2::ANCHOR_START : re2::RE2::UNANCHORED;
    const bool fits = pattern->Match(text, at, text.size(), anchor, &match, 1);
    const size_t start = fits ? static_cast<size_t>(match.data() - text.data()) : at;
    const size_t end = start + match.size();
    if (fits && (!whole_word || IsWordBoundary(text, end))) {
      found.matches.push_back(
          view.map.ToSource(static_cast<uint32_t>(start), static_cast<uint32_t>(end)));
      at = end;
    } else if (whole_word) {
      ++at;
    } else {
      break;
    }
  }
  Normalize(&found.matches);
  return found;
}

// A link is written with a scheme or with "www."; a bare host is a mention of it, unless it follows
// an at-sign: "name@corp.example" is an address. A link runs to white space, a double quote or an
// angle bracket; punctuation that closes the sentence around it is not part of it.
SpanList FindLinks(const Draft& draft, bool any, const std::vector<std::string>& hosts) {
  static const re2::RE2& kHost =
      *new re2::RE2(R"(([a-z0-9\x80-\xFF][a-z0-9.\x80-\xFF-]*))", re2::RE2::Latin1);
  static const re2::RE2& kRest = *new re2::RE2(R"([^ "<>]*)", re2::RE2::Latin1);
  const View& view = draft.folded();
  const std::string& text = view.text;
  SpanList found;
  size_t from = 0;
  absl::string_view run;
  while (from < text.size() &&
         kHost.Match(text, from, text.size(), re2::RE2::UNANCHORED, &run, 1)) {
    const auto at = static_cast<size_t>(run.data() - text.data());
    const size_t last = run.find_last_not_of(".-");
    const std::string host(run.substr(0, last + 1));
    size_t start = at;
    size_t end = at + host.size();
    from = end;
    bool is_link = host.rfind("www.", 0) == 0;
    if (at >= 3 && text.compare(at - 3, 3, "://") == 0) {
      start = at - 3;
      while (start > 0 && text[start - 1] >= 'a' && text[start - 1] <= 'z') --start;
      is_link = start < at - 3;
    }
    const bool is_address = !is_link && at > 0 && text[at - 1] == '@';
    bool wanted = any && is_link;
    for (const std::string& one : hosts) {
      wanted = wanted || (!is_address && IsHostOrBelow(host, HostOf(one)));
    }
    if (!wanted) continue;
    if (is_link || text.compare(end, 1, "/") == 0 || text.compare(end, 1, ":") == 0) {
      absl::string_view rest;
      kRest.Match(text, end, text.size(), re2::RE2::ANCHOR_START, &rest, 1);
      end += rest.find_last_not_of(".,;:!?)]}'*") + 1;  // npos + 1 is 0
    }
    found.push_back(view.map.ToSource(static_cast<uint32_t>(start), static_cast<uint32_t>(end)));
    from = end;
  }
  Normalize(&found);
  return found;
}

// `@name`: letters, digits, '_' and inner hyphens. Not in an address, a path or after a dot.
SpanList FindMentions(const Draft& draft) {
  const View& view = draft.folded();
  const std::string& text = view.text;
  SpanList found;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '@') continue;
    const std::string_view before = std::string_view(text).substr(0, at);
    if (EndsInWord(before)) continue;
    if (!before.empty() && std::string_view("./-").find(before.back()) != std::string_view::npos) {
      continue;
    }
    size_t end = at + 1;
    for (size_t i = end; IsWord(text, i) || (i < text.size() && text[i] == '-');) {
      const bool hyphen = text[i] == '-';
      i += DecodeAt(text, i).size;
      if (!hyphen) end = i;
    }
    if (end == at + 1) continue;
    found.push_back(view.map.ToSource(static_cast<uint32_t>(at), static_cast<uint32_t>(end)));
  }
  return found;
}

// "n or more words in a row, all in capitals, each of two letters or more." A word without letters
// of its own voice (a number, a lone capital) neither counts nor ends a row.
SpanList FindShouting(const Draft& draft, uint32_t words) {
  const View& view = draft.raw();
  const std::string& text = view.text;
  SpanList found;
  uint32_t in_row = 0;
  size_t row_start = 0;
  size_t row_end = 0;
  auto end_row = [&] {
    if (in_row >= words) {
      found.push_back(
          view.map.ToSource(static_cast<uint32_t>(row_start), static_cast<uint32_t>(row_end)));
    }
    in_row = 0;
  };
  size_t at = 0;
  while (at < text.size()) {
    if (!IsWord(text, at)) {
      at += DecodeAt(text, at).size;
      continue;
    }
    const size_t start = at;
    size_t end = at;  // after the last letter: a closing quote is not part of the word
    uint32_t capitals = 0;
    bool quiet = false;
    while (at < text.size()) {
      const Decoded c = DecodeAt(text, at);
      const bool apostrophe = c.code_point == '\'' || c.code_point == 0x2019;
      if (!apostrophe && !Has(c.code_point, kWord)) break;
      at += c.size;
      if (apostrophe) continue;
      end = at;
      if (Has(c.code_point, kUpper)) ++capitals;
      quiet = quiet || !Has(c.code_point, kUpper | kDigit | kMark);
    }
    if (quiet) end_row();
    if (quiet || capitals < 2) continue;
    if (in_row++ == 0) row_start = start;
    row_end = end;
  }
  end_row();
  return found;
}

LeafMatches FindLeaf(const json& bundle, const json& leaf, const Draft& draft, bool read_oversize) {
  auto terms = [&bundle](const json& name) {
    return Strings(bundle.at("lists").at(name.get<std::string>()).at("terms"));
  };
  LeafMatches found;
  if (leaf.contains("words")) found.matches = FindPhrases(draft, Strings(leaf["words"]));
  if (leaf.contains("list")) found.matches = FindPhrases(draft, terms(leaf["list"]));
  if (leaf.contains("pattern")) found = FindPattern(draft, leaf);
  if (leaf.contains("number")) found.matches = FindNumbers(draft, leaf["number"]);
  if (leaf.contains("secret")) found.matches = FindSecrets(draft, leaf["secret"]);
  if (leaf.contains("mention")) found.matches = FindMentions(draft);
  if (leaf.contains("shouting")) {
    found.matches = FindShouting(draft, leaf["shouting"].at("words"));
  }
  if (leaf.contains("link")) {
    const json& link = leaf["link"];
    std::vector<std::string> hosts = Strings(link.value("hosts", json::array()));
    if (link.contains("list")) {
      for (const std::string& term : terms(link["list"])) hosts.push_back(term);
    }
    found.matches = FindLinks(draft, !link.contains("hosts") && !link.contains("list"), hosts);
  }
  constexpr size_t kKept = 65536;
  if (!read_oversize && found.matches.size() > kKept) return {false, {}};
  Normalize(&found.matches);
  if (leaf.contains("except")) {
    found.matches = Without(found.matches, FindPhrases(draft, Strings(leaf["except"])));
  }
  return found;
}

}  // namespace breath::oracle
