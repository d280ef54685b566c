// SPDX-License-Identifier: Apache-2.0
// RE2 natively, from the same pinned source that our engine uses: one expression after the other,
// and RE2::Set, whose answer (which rules) is completed by running the expressions it names.
#include <re2/re2.h>
#include <re2/set.h>

#include "tests/bench/native/contestant.h"

namespace breath::bench {
namespace {

// RE2::Set refuses 10,000 phrases at its default of 8 MiB.
constexpr int64_t kSetMemory = int64_t{256} << 20;

RE2::Options OptionsFor(bool ignore_case) {
  RE2::Options options;
  options.set_case_sensitive(!ignore_case);
  options.set_log_errors(false);
  return options;
}

// Calls found(end) for each match from left to right, overlaps left out.
template <typename Found>
void ForEachMatch(const RE2& regex, std::string_view text, Found found) {
  size_t at = 0;
  absl::string_view match;
  while (at <= text.size() &&
         regex.Match(text, at, text.size(), RE2::UNANCHORED, &match, /*nsubmatch=*/1)) {
    const size_t end = static_cast<size_t>(match.data() - text.data()) + match.size();
    found(static_cast<int>(end));
    at = match.empty() ? end + 1 : end;
  }
}

class Re2Loop : public Contestant {
 public:
  std::string SetUp(const Task& task) override {
    for (const Rule& rule : task.rules) {
      regexes_.push_back(std::make_unique<RE2>(rule.regex, OptionsFor(rule.ignore_case)));
      if (!regexes_.back()->ok()) return regexes_.back()->error();
    }
    return "";
  }

  uint64_t Count(std::string_view text) override {
    uint64_t count = 0;
    for (const auto& regex : regexes_) {
      ForEachMatch(*regex, text, [&count](int) { ++count; });
    }
    return count;
  }

  void Find(std::string_view text, Hits* hits) override {
    for (size_t i = 0; i < regexes_.size(); ++i) {
      ForEachMatch(*regexes_[i], text,
                   [hits, i](int end) { hits->emplace_back(static_cast<int>(i), end); });
    }
  }

 private:
  std::vector<std::unique_ptr<RE2>> regexes_;
};

class Re2Set : public Contestant {
 public:
  std::string SetUp(const Task& task) override {
    RE2::Options options = OptionsFor(false);
    options.set_max_mem(kSetMemory);
    set_ = std::make_unique<RE2::Set>(options, RE2::UNANCHORED);
    for (const Rule& rule : task.rules) {
      // One set has one case rule, so it is written into each expression.
      const std::string regex = rule.ignore_case ? "(?i:" + rule.regex + ")" : rule.regex;
      std::string error;
      if (set_->Add(regex, &error) < 0) return error;
      sources_.push_back(regex);
    }
    if (!set_->Compile()) return "RE2::Set does not compile these rules with 256 MiB";
    regexes_.resize(sources_.size());
    return "";
  }

  uint64_t Count(std::string_view text) override {
    Hits hits;
    Find(text, &hits);
    return hits.size();
  }

  void Find(std::string_view text, Hits* hits) override {
    ids_.clear();
    RE2::Set::ErrorInfo error;
    if (!set_->Match(text, &ids_, &error)) {
      // Out of memory is no answer; a hit of rule -1 keeps it from reading as "nothing found".
      if (error.kind != RE2::Set::kNoError) hits->emplace_back(-1, -1);
      return;
    }
    for (const int id : ids_) {
      auto& regex = regexes_[static_cast<size_t>(id)];
      if (!regex)
        regex = std::make_unique<RE2>(sources_[static_cast<size_t>(id)], OptionsFor(false));
      ForEachMatch(*regex, text, [hits, id](int end) { hits->emplace_back(id, end); });
    }
  }

 private:
  std::unique_ptr<RE2::Set> set_;
  std::vector<std::string> sources_;
  std::vector<std::unique_ptr<RE2>> regexes_;  // made when the set names them
  std::vector<int> ids_;
};

}  // namespace

std::unique_ptr<Contestant> NewRe2Contestant(std::string_view name) {
  if (name == "RE2 loop native") return std::make_unique<Re2Loop>();
  if (name == "RE2::Set native") return std::make_unique<Re2Set>();
  return nullptr;
}

}  // namespace breath::bench
