// SPDX-License-Identifier: Apache-2.0
// Hyperscan (or Vectorscan, which has the same interface) in three forms: the rules' expressions,
// the same told to report each rule once, and the bare phrases as literals, which are fewer demands
// (no word boundary, one space) and so a different task. Starts of matches are not asked for: they
// cost extra and nothing here needs them.
#include "tests/bench/native/contestant.h"

#if defined(BREATH_HAVE_HYPERSCAN)
#include <hs/hs.h>

namespace breath::bench {
namespace {

enum class Form { kExpressions, kOnce, kLiterals };

struct FreeDatabase {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};
struct FreeScratch {
  void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }
};

int CountMatch(unsigned, unsigned long long, unsigned long long, unsigned, void* context) {
  ++*static_cast<uint64_t*>(context);
  return 0;
}

int KeepMatch(unsigned id, unsigned long long, unsigned long long end, unsigned, void* context) {
  static_cast<Hits*>(context)->emplace_back(static_cast<int>(id), static_cast<int>(end));
  return 0;
}

class Hyperscan : public Contestant {
 public:
  explicit Hyperscan(Form form) : form_(form) {}

  std::string SetUp(const Task& task) override {
    for (size_t i = 0; i < task.rules.size(); ++i) AddRule(task.rules[i], static_cast<unsigned>(i));
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    std::vector<const char*> expressions;
    std::vector<size_t> sizes;
    for (const std::string& source : sources_) {
      expressions.push_back(source.c_str());
      sizes.push_back(source.size());
    }
    const auto count = static_cast<unsigned>(sources_.size());
    if (count == 0) return "no rule is a literal";
    const hs_error_t status =
        form_ == Form::kLiterals
            ? hs_compile_lit_multi(expressions.data(), flags_.data(), ids_.data(), sizes.data(),
                                   count, HS_MODE_BLOCK, nullptr, &database, &error)
            : hs_compile_multi(expressions.data(), flags_.data(), ids_.data(), count, HS_MODE_BLOCK,
                               nullptr, &database, &error);
    if (status != HS_SUCCESS) {
      std::string message = error == nullptr ? "not compiled" : error->message;
      hs_free_compile_error(error);
      return message;
    }
    database_.reset(database);
    hs_scratch_t* scratch = nullptr;
    if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) return "no scratch memory";
    scratch_.reset(scratch);
    return "";
  }

  uint64_t Count(std::string_view text) override {
    uint64_t count = 0;
    Scan(text, CountMatch, &count);
    return count;
  }

  void Find(std::string_view text, Hits* hits) override { Scan(text, KeepMatch, hits); }

 private:
  void AddRule(const Rule& rule, unsigned id) {
    const unsigned fold = rule.ignore_case ? HS_FLAG_CASELESS : 0U;
    if (form_ == Form::kLiterals) {
      for (const std::string& literal : rule.literals) Add(literal, fold, id);
      return;
    }
    Add(rule.regex, form_ == Form::kOnce ? fold | HS_FLAG_SINGLEMATCH : fold, id);
  }

  void Add(std::string source, unsigned flags, unsigned id) {
    sources_.push_back(std::move(source));
    flags_.push_back(flags);
    ids_.push_back(id);
  }

  void Scan(std::string_view text, match_event_handler on_match, void* context) {
    hs_scan(database_.get(), text.data(), static_cast<unsigned>(text.size()), 0, scratch_.get(),
            on_match, context);
  }

  Form form_;
  std::vector<std::string> sources_;
  std::vector<unsigned> flags_;
  std::vector<unsigned> ids_;
  std::unique_ptr<hs_database_t, FreeDatabase> database_;
  std::unique_ptr<hs_scratch_t, FreeScratch> scratch_;
};

}  // namespace

std::unique_ptr<Contestant> NewHyperscanContestant(std::string_view name) {
  if (name == "Hyperscan native") return std::make_unique<Hyperscan>(Form::kExpressions);
  if (name == "Hyperscan native, once a rule") return std::make_unique<Hyperscan>(Form::kOnce);
  if (name == "Hyperscan native, literals") return std::make_unique<Hyperscan>(Form::kLiterals);
  return nullptr;
}

}  // namespace breath::bench

#else

namespace breath::bench {

std::unique_ptr<Contestant> NewHyperscanContestant(std::string_view) { return nullptr; }

}  // namespace breath::bench

#endif
