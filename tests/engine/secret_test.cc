// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/secret. Values that look like secrets are put together here, so that no file
// holds one.
#include "wasm/match/secret.h"

#include <catch2/catch.hpp>
#include <random>

#include "tests/engine/compiled.h"

namespace breath {
namespace {

std::string Random(size_t size, const std::string& alphabet) {
  static std::mt19937 random(17);
  std::string out;
  for (size_t i = 0; i < size; ++i) out.push_back(alphabet[random() % alphabet.size()]);
  return out;
}
const char kAlnum[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

size_t CountOf(const Secret& secret, const std::string& text, const SpanList& cues = {}) {
  const Draft draft(text);
  SpanList found;
  const testing::OwnedStrings prefixes(secret.prefixes);
  const SecretView view = {secret.shape, prefixes.list(), secret.alphabet,
                           secret.min,   secret.max,      secret.entropy};
  REQUIRE(FindSecrets(draft, view, cues, nullptr, 1000, &found) == LeafResult::kDone);
  return found.size();
}

TEST_CASE("a prefixed token is found by length, alphabet and entropy", "[secret]") {
  Secret secret;
  secret.prefixes = {"key_"};
  secret.alphabet = Alphabet::kAlnum;
  secret.min = secret.max = 20;
  secret.entropy = 3;
  const std::string body = Random(20, kAlnum);
  struct Row {
    std::string text;
    size_t count;
  };
  const Row rows[] = {
      {"key_" + body, 1},
      {"x=key_" + body + ".", 1},
      {"\"key_" + body + "\"", 1},
      {"key_" + body + "a", 0},
      {"key_" + body.substr(1), 0},
      {"monkey_" + body, 0},
      {"Key_" + body, 0},
      {"key_" + body + "_x", 0},
      {"key_" + std::string(20, 'a'), 0},
      {"key_abababababababababab", 0},
      {"key_EXAMPLE" + body.substr(7), 0},
  };
  for (const Row& row : rows) {
    INFO(row.text.size());
    CHECK(CountOf(secret, row.text) == row.count);
  }
}

TEST_CASE("a JSON web token needs a header that names its algorithm", "[secret]") {
  Secret secret;
  secret.shape = SecretShape::kJwt;
  // {"alg":"HS256"} and {"typ":"JWT!!!"}
  const std::string with = "eyJhbGciOiJIUzI1NiJ9";
  const std::string without = "eyJ0eXAiOiJKV1QhISEifQ";
  const std::string rest = "." + Random(24, kAlnum) + "." + Random(24, kAlnum);
  CHECK(CountOf(secret, "Bearer " + with + rest) == 1);
  CHECK(CountOf(secret, "Bearer " + without + rest) == 0);
  CHECK(CountOf(secret, with) == 0);
  CHECK(CountOf(secret, "a" + with + rest) == 0);
}

TEST_CASE("a private key is a header with key material after it", "[secret]") {
  Secret secret;
  secret.shape = SecretShape::kPrivateKey;
  const std::string dashes = "-----";
  for (const char* kind :
       {"PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
    const std::string header = dashes + "BEGIN " + kind + dashes;
    CHECK(CountOf(secret, header + "\n" + Random(64, kAlnum) + "\n" + dashes + "END") == 1);
    CHECK(CountOf(secret, header + " " + Random(40, kAlnum)) == 1);
    CHECK(CountOf(secret, header + " goes first, then the key") == 0);
    CHECK(CountOf(secret, header + "\n...\n") == 0);
  }
  CHECK(CountOf(secret, dashes + "BEGIN PUBLIC KEY" + dashes + "\n" + Random(64, kAlnum)) == 0);
  CHECK(CountOf(secret, std::string(100000, '-')) == 0);
}

TEST_CASE("a value stands for a secret when it is a placeholder", "[secret]") {
  for (const char* value : {"<password>", "$TOKEN", "${token}", "$(pass show x)", "{{password}}",
                            "%PASSWORD%", "xxxxxxxx", "********", "your-api-key",
                            "AKIAIOSFODNN7EXAMPLE", "changeme", "[password]", "..."}) {
    INFO(value);
    CHECK(IsPlaceholder(value));
  }
  for (const char* value : {"hunter22", "$ecretPa55", "Tr0ub4dor&3", "<3mypassw0rd"}) {
    INFO(value);
    CHECK_FALSE(IsPlaceholder(value));
  }
}

TEST_CASE("a value after a cue is told from prose", "[secret]") {
  Secret secret;
  secret.shape = SecretShape::kAfter;
  secret.min = 5;
  secret.max = 64;
  struct Row {
    std::string after;  // follows the cue "pass"
    size_t count;
  };
  const Row rows[] = {
      {": hunter22", 1},
      {" is hunter22!", 1},
      {" for the wifi is hunter22", 1},
      {"=hunter22;", 1},
      {": \"hunter22\"", 1},
      {" Xy7-kd92-Qp", 1},
      {": admin / hunter22", 1},
      {": admin:hunter22", 1},
      {" is older than me", 0},
      {" reset: https://a.example/r1", 0},
      {": 12+ characters", 0},
      {" is 2026-11-21", 0},
      {" the salt please", 0},
      {" is case-sensitive", 0},
      {": me1@mail.example", 0},
      {" 3 times", 0},
      {" v2.0", 0},
      {"", 0},
  };
  for (const Row& row : rows) {
    INFO(row.after);
    CHECK(CountOf(secret, "pass" + row.after, {{0, 4}}) == row.count);
  }
}

}  // namespace
}  // namespace breath
