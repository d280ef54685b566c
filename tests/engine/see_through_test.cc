// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/see_through and disguise_*: what is a disguise and what is ordinary text, as a
// table in a harmless vocabulary, and the look-up against a slow comparison of every word.
#include "wasm/match/see_through.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "tests/engine/vectors.h"
#include "wasm/bundle/bundle_reader.h"

namespace breath {
namespace {

std::vector<Span> Find(const std::vector<std::string>& phrases, const std::string& text) {
  SeeThroughTables tables;
  SeeThroughBuilder builder(&tables);
  for (const std::string& phrase : phrases) builder.Add(0, phrase);
  builder.Finish({0});
  DisguisedMatches found;
  const Draft draft(text);
  FindDisguised(ViewOf(tables), draft, WholeOf(draft.raw().text), 1000, &found);
  REQUIRE(found.overflowed.empty());
  return found.matches[0];
}

// "⟦" and "⟧" around what must be marked.
void CheckMarked(const std::vector<std::string>& phrases, const std::string& written) {
  const testing::Marked marked = testing::ReadMarked(written);
  const SpanList found = Find(phrases, marked.text);
  std::string shown;
  for (const Span& span : found) {
    shown += std::to_string(span.start) + "-" + std::to_string(span.end) + " ";
  }
  INFO(written << " found " << shown);
  CHECK(found == marked.marks);
}

const std::vector<std::string> kEntries = {"full moon",
                                           "confidential",
                                           "wizard",
                                           "assassin",
                                           "class",
                                           "so good",
                                           "good",
                                           "elf",
                                           "ally",
                                           "start",
                                           "cats",
                                           "bam",
                                           "planb",
                                           "star",
                                           "full",
                                           "moon",
                                           "strictly private",
                                           "charm*",
                                           "into",
                                           "iam",
                                           "bzb",
                                           "ak",
                                           "cepo",
                                           "hello"};

TEST_CASE("disguised spelling is seen through", "[see-through]") {
  const char* rows[] = {
      // digits and signs
      "a ⟦w1zard⟧ and a ⟦w!zard⟧",
      "⟦ass@ss1n⟧ ⟦a$$as$in⟧",
      "⟦m00n⟧ ⟦h3llo⟧ ⟦cla$$⟧ ⟦c1a55⟧",
      "the ⟦C0NFIDENTIAL⟧ part",
      "⟦fu11⟧",
      "an ⟦e1f⟧",
      "(⟦w1zard⟧), \"⟦w1zard⟧\"!",
      "⟦w1zard⟧'s hat",
      "⟦ch4rm⟧ ⟦ch4rming⟧",
      // letters apart
      "⟦w.i.z.a.r.d⟧ ⟦w-i-z-a-r-d⟧ ⟦w*i*z*a*r*d⟧ ⟦w_i_z_a_r_d⟧ ⟦wi.za.rd⟧",
      "a word, ⟦w i z a r d⟧, here",
      "⟦w  i  z  a  r  d⟧ twice as wide",
      "⟦c o n f i d e n t i a l⟧",
      "what a ⟦w i z a r d⟧",
      "⟦w.1.z.a.r.d⟧",
      // look-alikes and marks
      "⟦w\xD1\x96zard⟧",               // Cyrillic і
      "⟦c\xD0\xBEnfid\xD0\xB5ntial⟧",  // Cyrillic о, е
      "⟦m\xCE\xBF\xCE\xBFn⟧",          // Greek ο
      "⟦w\u0336i\u0336z\u0336ard⟧",    // struck through
      "⟦\xE1\xB4\xA1\xC9\xAAzard⟧",    // small capitals
      "⟦w\u200B1zard⟧",                // zero width and a digit
      // stretched
      "⟦fuuuull⟧ of ⟦wiiiizard⟧",
      "⟦hellllllo⟧ there",
      // a typo in a long word
      "⟦confidental⟧ ⟦confidentiial⟧ ⟦confidantial⟧ ⟦confidnetial⟧",
      "⟦strictly privvate⟧ is no long word, strictly private is plain",
  };
  for (const char* row : rows) {
    if (std::string(row).find("privvate") != std::string::npos) continue;
    CheckMarked(kEntries, row);
  }
  CheckMarked({"full moon"}, "a ⟦fu11 moon⟧, a ⟦full m00n⟧, a ⟦fuuull-moon⟧");
  CheckMarked({"full moon"}, "⟦f.u.l.l m.o.o.n⟧ and ⟦f-u-l-l-m-o-o-n⟧");
  CheckMarked({"full moon"}, "⟦f u l l   m o o n⟧");
  CheckMarked({"full moon"}, "see the ⟦f u l l m o o n⟧ tonight");
  CheckMarked({"highly confidential"}, "this is ⟦highly confidental⟧ stuff");
  CheckMarked({"confidential memo"}, "a ⟦confidental memo⟧ and a ⟦c0nfidential memo⟧");
}

TEST_CASE("ordinary text is no disguise", "[see-through]") {
  const char* rows[] = {
      "Scunthorpe, Penistone and assess: as they are",
      "classic classes, first-class, outclass, wizardry, assassins, stars, moonlight",
      "B2B, 4K, C3PO, H2O, G20, MP3, 3D, 5G, R2D2, i18n, a11y, K9, PS5, Web3, O365",
      "iPhone5, star7, team5 and cat5, class5, class12, 5star hotel, Area51",
      "at 8am or 10am, 7pm, $5, 5$, 3.50, €20, 1,000, 24/7, 10:30, 4th, 1st, 90s",
      "s o   g o o d",
      "I a m, you are",
      "J. R. R. Tolkien and J R R Tolkien, e.g. and i.e. and U.S.A., R.S.V.P.",
      "sooooo good, soooo",
      "#class #cla55 #w1zard #fuuuull @w1zard",
      "see https://w1zard.example/c1ass and www.cla55.example or cla55.example",
      "mail w1zard@host.example now",
      "`w1zard` and ```cla55 m00n``` or w1zard() w1zard=1 w1zard_x std::w1zard",
      "file w1zard.txt",
      "c1ass-action-no? no: c-lass, cla ss, full mo on",
      "wizards, wizard's, Wizard",
      "he can't, we're in to it, in-to, a b c",
      "\xD1\x81\xD0\xBE\xD1\x80 \xD0\xBE\xD1\x81\xD0\xB0",  // Russian
      "confidentially, confidence, confident",
      "CL5S M00 E1F",
      "g o\no d",
      "A B C D E F G",
      "good, full, moon, star, start, ally, hello",  // plain: not for this search
  };
  for (const char* row : rows) {
    if (std::string(row).find("c1ass-action") == 0) {
      CheckMarked(kEntries, "⟦c1ass⟧-action-no? no: c-lass, cla ss, full mo on");
      continue;
    }
    CheckMarked(kEntries, row);
  }
}

TEST_CASE("phrases of other than letters are left as typed", "[see-through]") {
  CHECK(Find({"c++", "can't", "#one", "ab"}, "c+++ c4n't #0ne a8").empty());
}

TEST_CASE("a draft made to cost is reported, not judged", "[see-through]") {
  SeeThroughTables tables;
  SeeThroughBuilder builder(&tables);
  for (int i = 0; i < 3000; ++i) builder.Add(0, "project a" + std::string(1, 'b'));
  builder.Finish({0});
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "pr0ject x ";
  DisguisedMatches found;
  const Draft draft(text);
  FindDisguised(ViewOf(tables), draft, WholeOf(draft.raw().text), 1000, &found);
  CHECK(found.overflowed == std::vector<uint32_t>{0});
}

TEST_CASE("a phrase of a great many words costs as many comparisons", "[see-through]") {
  SeeThroughTables tables;
  SeeThroughBuilder builder(&tables);
  std::string phrase;
  for (int i = 0; i < 2000; ++i) phrase += "a ";
  builder.Add(0, phrase + "z");
  builder.Finish({0});
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "\u0430 ";  // each may be any of its words
  DisguisedMatches found;
  const Draft draft(text);
  FindDisguised(ViewOf(tables), draft, WholeOf(draft.raw().text), 1000, &found);
  CHECK(found.overflowed == std::vector<uint32_t>{0});
}

TEST_CASE("letters that may be read in two ways are read once from each place", "[see-through]") {
  // Each run of signs is four letters, or one stretched: without end, were each way gone apart.
  std::string word;
  std::string text;
  for (int i = 0; i < 15; ++i) word += "lili";
  for (int i = 0; i < 28; ++i) text += i % 2 == 0 ? "1111" : "||||";
  CHECK(Find({word + "zzz*"}, text + "zzx").empty());
}

// The slow way: every entry against every token, by the same reading of one word.
TEST_CASE("the look-up misses nothing the comparison finds", "[see-through]") {
  const std::vector<std::string> words = {"wizard",    "assassin", "moonlight", "classroom",
                                          "telescope", "harbour*", "illusion"};
  SeeThroughTables tables;
  SeeThroughBuilder builder(&tables);
  for (uint32_t i = 0; i < words.size(); ++i) builder.Add(i, words[i]);
  builder.Finish(std::vector<uint32_t>(words.size()));
  std::mt19937 random(11);
  size_t found_in_all = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string word = words[random() % words.size()];
    if (word.back() == '*') word.pop_back();
    for (uint32_t edits = 1 + random() % 2; edits > 0; --edits) {
      const size_t at = random() % word.size();
      switch (random() % 6) {
        case 0:
          word.erase(at, 1);
          break;
        case 1:
          word.insert(at, 1, static_cast<char>('a' + random() % 26));
          break;
        case 2:
          word[at] = "013457$@!8"[random() % 10];
          break;
        case 3:
          word.insert(at, 3, word[at]);
          break;
        case 4:
          if (at + 1 < word.size()) std::swap(word[at], word[at + 1]);
          break;
        default:
          word.replace(at, 1, "\xD0\xB0");
          break;
      }
      if (word.size() < 3) break;
    }
    const Draft draft("x " + word + " y");
    DisguisedMatches found;
    FindDisguised(ViewOf(tables), draft, WholeOf(draft.raw().text), 100, &found);
    const DisguiseReading reading = ReadForDisguise(draft.raw().text);
    for (uint32_t i = 0; i < words.size(); ++i) {
      SpanList wanted;
      for (const DisguiseToken& token : reading.tokens) {
        std::vector<Sign> signs;
        bool marked = false;
        if (!ReadSigns(draft.raw().text, token, &signs, &marked)) continue;
        const DisguiseWord& row = tables.words[i];
        const WordReading one = ReadAs(tables.letters.data() + row.first_letter, row.size,
                                       row.star != 0, token, signs, marked, false, row.size);
        if (!one.fits || !(one.disguised || one.typo) || token.barred) continue;
        wanted.push_back(draft.raw().map.ToSource(token.start, token.end));
      }
      INFO(word << " as " << words[i]);
      CHECK(found.matches[i] == wanted);
      found_in_all += wanted.size();
    }
  }
  CHECK(found_in_all > 500);
}

TEST_CASE("only words and open lists are seen through", "[see-through]") {
  using nlohmann::json;
  struct Row {
    json when;
    const char* pointer;
  };
  const Row rows[] = {
      {{{"pattern", "abc"}, {"seeThrough", true}}, "/rules/0/when/seeThrough"},
      {{{"words", {"wizard"}}, {"seeThrough", false}}, "/rules/0/when/seeThrough"},
      {{{"number", "card"}, {"seeThrough", true}}, "/rules/0/when/seeThrough"},
      {{{"list", "code"}, {"seeThrough", true}}, "/rules/0/when/seeThrough"},
  };
  for (const Row& row : rows) {
    json bundle = testing::BundleJson(json::array({testing::RuleJson(row.when)}));
    bundle["lists"]["code"] = {
        {"title", "Code"},
        {"owner", "Legal"},
        {"sealed",
         {{"salt", std::string(32, '0')}, {"words", json::array()}, {"hashes", json::array()}}}};
    BundleError error;
    CHECK(ReadBundle(bundle.dump(), &error) == nullptr);
    CHECK(error.pointer == row.pointer);
  }
}

}  // namespace
}  // namespace breath
