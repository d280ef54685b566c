// SPDX-License-Identifier: Apache-2.0
// Tests that a draft read edit by edit (wasm/text/edit.h, wasm/rules/reading.h) is the draft read
// whole: views, maps and verdicts. BREATH_EDIT_CASES and BREATH_EDIT_SEED in the environment ask
// for more or other cases than the default run.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "tests/engine/compiled.h"
#include "tests/engine/vectors.h"
#include "tests/oracle/case_maker.h"
#include "tests/oracle/choices.h"
#include "tests/oracle/vocabulary.h"

namespace breath {
namespace {

using nlohmann::json;
using oracle::Choices;
using testing::Load;
using testing::Ready;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

std::string ToText(const Report& report) {
  std::string out = "outcome " + std::to_string(static_cast<int>(report.outcome));
  for (const Finding& finding : report.findings) {
    out += "; rule " + std::to_string(finding.rule) + " severity " +
           std::to_string(static_cast<int>(finding.severity));
    for (const Span& span : finding.spans) {
      out += " " + std::to_string(span.start) + "-" + std::to_string(span.end);
    }
  }
  for (const UncheckedRule& one : report.unchecked) {
    out += "; unchecked " + std::to_string(one.rule) + " reason " +
           std::to_string(static_cast<int>(one.reason));
  }
  return out;
}

// Every byte and unit of a view: what the map says of it.
std::string MapToText(const View& view) {
  std::string out;
  for (uint32_t i = 0; i < view.text.size(); ++i) {
    const Span span = view.map.ToSource(i, i + 1);
    out += std::to_string(span.start) + "-" + std::to_string(span.end) + " ";
  }
  out += "|";
  for (uint32_t unit = 0; unit <= view.map.source_size(); ++unit) {
    out += " " + std::to_string(view.map.FromSource(unit));
  }
  return out;
}

// The next state of a text somebody works on. `pieces` is what there is to paste.
class Writer {
 public:
  Writer(std::string text, std::vector<std::string> pieces, uint64_t seed)
      : text_(std::move(text)),
        pieces_(std::move(pieces)),
        bytes_(oracle::BytesOfSeed(seed, 60000)),
        choices_(bytes_) {}

  const std::string& text() const { return text_; }

  const std::string& Edit() {
    if (choices_.OnceIn(8) && !former_.empty()) {  // undo
      text_ = former_.back();
      former_.pop_back();
      return text_;
    }
    former_.push_back(text_);
    if (text_.size() > 3000) text_.erase(0, text_.size() - 1500);
    const size_t at = Place();
    const size_t size = choices_.OnceIn(3) ? std::min(Number(60), text_.size() - at)
                                           : std::min<size_t>(choices_.Below(3), text_.size() - at);
    switch (choices_.Below(4)) {
      case 0:
        text_.erase(at, size);
        break;
      case 1:
        text_.replace(at, size, Piece());
        break;
      default:
        text_.insert(at, Piece());
    }
    return text_;
  }

 private:
  size_t Number(size_t most) { return (choices_.Below(256) * 256 + choices_.Below(256)) % most; }
  size_t Place() {
    if (choices_.OnceIn(8)) return 0;
    if (choices_.OnceIn(8)) return text_.size();
    if (choices_.OnceIn(2)) last_ = Number(text_.size() + 1);
    return last_ = std::min(last_ + choices_.Below(3), text_.size());
  }
  std::string Piece() {
    switch (choices_.Below(8)) {
      case 0:
        return oracle::AnyWord(&choices_);
      case 1:
        return oracle::AnySeparator(&choices_);
      case 2:
        return oracle::AnyOddity(&choices_);
      case 3: {
        static constexpr const char* kSigns[] = {" ",
                                                 "\n",
                                                 "\r\n",
                                                 "  \n\n ",
                                                 "e",
                                                 "'",
                                                 "\xCC\x81",
                                                 "\xE2\x80\x8B",
                                                 "-",
                                                 "`",
                                                 "\t",
                                                 "s",
                                                 "\xE3\x80\x80",
                                                 "\xF0\x9F\x98\x80"};
        return choices_.Pick(kSigns);
      }
      case 4:
        return std::string(Number(90), choices_.OnceIn(2) ? 'e' : ' ');
      case 5:
        return oracle::AnyToken(&choices_);
      default: {
        const std::string& piece = pieces_[Number(pieces_.size())];
        const size_t from = choices_.OnceIn(2) ? Number(piece.size() + 1) : 0;
        return piece.substr(from, choices_.OnceIn(2) ? Number(20) : std::string::npos);
      }
    }
  }

  std::string text_;
  std::vector<std::string> pieces_;
  std::vector<std::string> former_;
  size_t last_ = 0;
  const std::string bytes_;
  Choices choices_;
};

// Every state of the writer's text, checked after the last and checked alone.
void CheckEdits(Ready* ready, const Context& context, int edits, Writer* writer, uint64_t* spoke) {
  Checker fresh(&ready->rules);
  std::string before;
  for (int i = 0; i < edits; ++i) {
    const std::string& text = i == 0 ? writer->text() : writer->Edit();
    const Report next = ready->checker->CheckNext(text, context);
    const Report whole = fresh.Check(text, context);
    INFO("before: " << Catch::Detail::stringify(before));
    INFO("after: " << Catch::Detail::stringify(text));
    REQUIRE(ToText(next) == ToText(whole));
    *spoke += whole.findings.size();
    before = text;
  }
}

TEST_CASE("a draft read edit by edit is the draft read whole", "[incremental][property]") {
  const uint64_t first = FromEnvironment("BREATH_EDIT_SEED", 1);
  const uint64_t cases = FromEnvironment("BREATH_EDIT_CASES", 60);
  for (uint64_t seed = first; seed < first + cases; ++seed) {
    const std::string bytes = oracle::BytesOfSeed(seed, 2000);
    Choices choices(bytes);
    const std::string draft = oracle::MakeCase(&choices).draft;
    Writer writer("", {draft, "Grüße aus Köln, \xEC\x9E\x90 \xEF\xB7\xBA"}, seed);
    Draft spliced;
    if (seed % 2 == 0) spliced.lowered();
    for (int i = 0; i < 100; ++i) {
      const std::string before = writer.text();
      const std::string& text = writer.Edit();
      Draft::Edits edits = spliced.EditsTo(text);
      spliced.Apply(text, &edits);
      const Draft whole(text);
      INFO("seed " << seed << " before: " << Catch::Detail::stringify(before));
      INFO("after: " << Catch::Detail::stringify(text));
      REQUIRE(spliced.raw().text == whole.raw().text);
      REQUIRE(spliced.folded().text == whole.folded().text);
      REQUIRE(spliced.is_ascii() == whole.is_ascii());
      REQUIRE(spliced.lowered() == whole.lowered());
      REQUIRE(MapToText(spliced.raw()) == MapToText(whole.raw()));
      REQUIRE(MapToText(spliced.folded()) == MapToText(whole.folded()));
      REQUIRE(spliced.sentences() == whole.sentences());
      REQUIRE(edits.raw.end <= whole.raw().text.size());
      REQUIRE(edits.folded.end <= whole.folded().text.size());
    }
  }
}

TEST_CASE("random rules say the same of every state of a draft", "[incremental][property]") {
  const uint64_t first = FromEnvironment("BREATH_EDIT_SEED", 1);
  const uint64_t cases = FromEnvironment("BREATH_EDIT_CASES", 60);
  uint64_t spoke = 0;
  uint64_t states = 0;
  for (uint64_t seed = first; seed < first + cases; ++seed) {
    INFO("seed " << seed);
    const std::string bytes = oracle::BytesOfSeed(seed, 2000);
    Choices choices(bytes);
    const oracle::Case made = oracle::MakeCase(&choices);
    const std::unique_ptr<Ready> ready = Load(made.bundle.dump());
    Context context;
    context.site = made.place.site;
    context.surface = made.place.surface;
    context.audience = made.place.audience;
    context.at = made.place.at;
    context.reply = made.place.reply;
    context.media = made.place.media;
    std::string text;
    while (text.size() < 400) text += made.draft + "\nAn ordinary line of text.\n";
    Writer writer(text, {made.draft, made.draft, "An ordinary line of text.\n"}, seed);
    CheckEdits(ready.get(), context, 100, &writer, &spoke);
    states += 100;
  }
  std::cout << "incremental: " << states << " states of " << cases << " drafts, " << spoke
            << " findings\n";
  CHECK(spoke > states / 10);
}

TEST_CASE("each vector is found while it is typed between other lines", "[incremental]") {
  uint64_t spoke = 0;
  for (const testing::Vector& vector : testing::ReadVectors(BREATH_VECTORS)) {
    INFO(vector.name);
    const std::unique_ptr<Ready> ready = Load(vector.bundle);
    Context context;
    context.site = "x";
    context.surface = "post";
    context.audience = "external";
    context.at = 1795219200;
    const std::string around = "We met old friends and talked about the weather for a while.\n";
    Checker fresh(&ready->rules);
    auto same = [&](const std::string& text) {
      const Report whole = fresh.Check(text, context);
      spoke += whole.findings.size();
      INFO("after: " << Catch::Detail::stringify(text));
      REQUIRE(ToText(ready->checker->CheckNext(text, context)) == ToText(whole));
    };
    const size_t step = vector.draft.size() / 100 + 1;
    for (size_t i = 0; i < vector.draft.size(); i += step) {
      same(around + vector.draft.substr(0, i) + "\n" + around);
    }
    // Each place taken out of the whole, and back again.
    for (size_t i = 0; i < vector.draft.size(); i += step) {
      std::string without = vector.draft;
      without.erase(i, 1);
      same(around + without + "\n" + around);
      same(around + vector.draft + "\n" + around);
    }
  }
  CHECK(spoke > 1000);
}

TEST_CASE("what is far from an edit may begin or end there", "[incremental]") {
  struct Row {
    const char* name;
    json when;
    const char* before;
    const char* after;
    bool speaks;  // of `after`
  };
  const json far = {{"words", {"one two three four five"}}};
  const json disguised = {{"words", {"project kestrel falcon"}}, {"seeThrough", true}};
  const Row rows[] = {
      {"the last word of a phrase is typed", far, "a one two three four fiv b",
       "a one two three four five b", true},
      {"the first word of a phrase is typed", far, "a on two three four five b",
       "a one two three four five b", true},
      {"the last word of a phrase goes", far, "a one two three four five b",
       "a one two three four fivex b", false},
      {"a phrase runs over lines", far, "a one two\nthree\nfour\nfive\nb\n",
       "a one two\nthree\nfour\nfiv\nb\n", false},
      {"white space between two words of a phrase grows", far, "a one two three four five b",
       "a one two \n\n three four five b", true},
      {"a star runs to the end of a long word",
       {{"words", {"margin* call"}}},
       "a margins-of-xxxxxxxxxxxxxxxxxxxxxxxx call b",
       "a marginsxxxxxxxxxxxxxxxxxxxxxxxxx call b",
       true},
      {"a mark joins the letter before it",
       {{"words", {"caf\xC3\xA9"}}},
       "a cafe b",
       "a cafe\xCC\x81 b",
       true},
      {"a pattern with spaces",
       {{"pattern", "one two three [0-9]"}},
       "a one two three x b",
       "a one two three 4 b",
       true},
      {"a typed pattern with spaces",
       {{"pattern", "One Two Three [0-9]"}, {"view", "raw"}},
       "\xC3\xA4 One Two Threex 4 b",
       "\xC3\xA4 One Two Three 4 b",
       true},
      {"a disguised phrase runs over lines", disguised, "a\npr0ject\nkestrel\nfalco\nb\n",
       "a\npr0ject\nkestrel\nfalcon\nb\n", true},
      {"a disguised phrase over lines goes", disguised, "a\npr0ject\nkestrel\nfalcon\nb\n",
       "a\npr0ject\nkestrel\nfal con\nb\n", false},
      {"a tick makes the rest of a line code",
       {{"words", {"kestrel"}}, {"seeThrough", true}},
       "a x b c d e f g h k3strel i\nj",
       "`a x b c d e f g h k3strel i\nj",
       false},
      {"a row of letters grows at its other end",
       {{"words", {"kestrel"}}, {"seeThrough", true}},
       "so k e s t r e m\n",
       "so k e s t r e l m\n",
       false},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const std::unique_ptr<Ready> ready =
        Load(testing::BundleJson(json::array({testing::RuleJson(row.when)})).dump());
    Context context;
    context.audience = "external";
    const std::string around = "\nWe met old friends and talked about the weather.\n";
    auto in_text = [&around](const char* line) {
      return around + around + around + around + line + around + around + around + around;
    };
    ready->checker->CheckNext(in_text(row.before), context);
    const Report next = ready->checker->CheckNext(in_text(row.after), context);
    const Report whole = Checker(&ready->rules).Check(in_text(row.after), context);
    CHECK(ToText(next) == ToText(whole));
    CHECK((whole.outcome == Outcome::kFindings) == row.speaks);
  }
}

TEST_CASE("a draft that holds too much is judged alike whole and edit by edit", "[incremental]") {
  const json words = {{"words", {"a"}}};
  const std::unique_ptr<Ready> ready =
      Load(testing::BundleJson(json::array({testing::RuleJson(words)})).dump());
  Context context;
  context.audience = "external";
  std::string many;
  for (int i = 0; i < 65535; ++i) many += "a ";
  const std::string drafts[] = {
      many,  many + "a", many + "a a", many + "a",
      many,  "a",        "",           std::string(kLongestDraft + 1, 'a'),
      "b a", "b"};
  for (const std::string& draft : drafts) {
    const Report whole = Checker(&ready->rules).Check(draft, context);
    CHECK(ToText(ready->checker->CheckNext(draft, context)) == ToText(whole));
  }
}

TEST_CASE("a check in between changes nothing", "[incremental]") {
  const json words = {{"words", {"zebra crossing"}}};
  const std::unique_ptr<Ready> ready =
      Load(testing::BundleJson(json::array({testing::RuleJson(words)})).dump());
  Context context;
  context.audience = "external";
  const std::string draft = "At the zebra crossing.";
  CHECK(ready->checker->CheckNext(draft, context).outcome == Outcome::kFindings);
  CHECK(ready->checker->Check("nothing", context).outcome == Outcome::kClean);
  CHECK(ready->checker->CheckNext(draft, context).outcome == Outcome::kFindings);
  ready->checker->Explain("nothing", context);
  CHECK(ready->checker->CheckNext("nothing", context).outcome == Outcome::kClean);
  ready->checker->Forget();
  CHECK(ready->checker->CheckNext(draft, context).outcome == Outcome::kFindings);
}

}  // namespace
}  // namespace breath
