// SPDX-License-Identifier: Apache-2.0
// The whole surface of the engine: plain C, the same natively and in engine.wasm.
// It checks arguments and passes them on; it decides nothing, and of the calls only
// breath_check_next leaves a draft behind.
// Single-threaded: one caller at a time per module instance or process. Tested by:
// tests/engine/abi_test.cc, tests/node/engine.test.js
#ifndef BREATH_ABI_BREATH_ABI_H_
#define BREATH_ABI_BREATH_ABI_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The version of this header's contract. A host refuses a module with another one.
#define BREATH_ABI_VERSION 2

// What breath_check returns. Never treat a negative value as clean.
enum breath_status {
  BREATH_CLEAN = 0,
  BREATH_FINDINGS = 1,
  BREATH_UNCHECKED = 2,
  BREATH_BAD_CALL = -1,  // unknown rule set, null pointer with a size, malformed context
};

uint32_t breath_abi_version(void);

// Memory for arguments. breath_alloc returns null when there is none. breath_free takes what
// breath_alloc gave, or null.
uint8_t* breath_alloc(uint32_t size);
void breath_free(uint8_t* memory);

// Parses and validates a bundle (JSON, UTF-8 bytes; rules/FORMAT.md). Returns a rule set id > 0, or
// 0 when the bundle is refused: then the result is JSON {"id","pointer","message"}.
int32_t breath_load(const uint8_t* bundle, uint32_t size);
// A loaded rule set as bytes, to be opened without reading the bundle again: one copy, nothing
// parsed or compiled. `key` says what it was made from, such as the digest of the bundle; at most
// 64 bytes. Returns 1 with the bytes as result, or BREATH_BAD_CALL. Keep them where only the host
// can write: a damaged image is noticed, a forged one is not.
int32_t breath_save(int32_t rule_set, const uint8_t* key, uint32_t key_size);
// Opens what breath_save gave, in the same build of the engine and under the same key. Returns a
// rule set id > 0, or 0 when it is refused: then the result is JSON {"id","pointer","message"} and
// the bundle has to be loaded.
int32_t breath_load_image(const uint8_t* image, uint32_t size, const uint8_t* key,
                          uint32_t key_size);
// Forgets a rule set. Unknown ids are ignored.
void breath_unload(int32_t rule_set);

// Result: JSON that says what a rule set holds (name, version, rules with their texts, in index
// order). Returns 1, or BREATH_BAD_CALL for an unknown rule set.
int32_t breath_describe(int32_t rule_set);
// Result: the JSON of one rule. Returns 1, or BREATH_BAD_CALL.
int32_t breath_describe_rule(int32_t rule_set, int32_t rule);

// Judges a draft (UTF-8 bytes; malformed bytes count as U+FFFD) in a context: lines of `key=value`,
// LF between, keys site, surface, audience, lang, at (seconds since 1970, decimal), reply, media (1
// or 0); unknown keys are a bad call. Returns a breath_status. Result: little-endian int32 words
//   outcome, findings, unchecked,
//   per finding:   rule index, severity (0 note, 1 pause, 2 strong), spans, then start, end per
//   span (UTF-16) per unchecked: rule index or -1 for all, reason (enum breath_reason)
int32_t breath_check(int32_t rule_set, const uint8_t* text, uint32_t text_size,
                     const uint8_t* context, uint32_t context_size);

// As breath_check, with the same result, and the draft is kept until breath_forget, breath_check,
// breath_explain or breath_unload: the next call takes its text for the next state of the same
// draft and reads again only where it differs.
int32_t breath_check_next(int32_t rule_set, const uint8_t* text, uint32_t text_size,
                          const uint8_t* context, uint32_t context_size);
// Overwrites the draft that breath_check_next kept. Unknown ids are ignored.
void breath_forget(int32_t rule_set);

// Why a rule was not judged.
enum breath_reason {
  BREATH_REASON_TEXT_TOO_LONG = 1,
  BREATH_REASON_OUT_OF_MEMORY = 2,     // RE2 ran out of its budget
  BREATH_REASON_TOO_MANY_MATCHES = 3,  // a leaf matched more often than the engine keeps
  BREATH_REASON_TOO_MUCH_WORK = 4      // the draft would have taken too long
};

// As breath_check, but says of every rule and guard what came of it. For offline tools only.
// Result words: rules, guards, then per rule: verdict (enum breath_verdict), index of the guard it
// yielded to or -1; then per guard: 1 if it matched else 0.
int32_t breath_explain(int32_t rule_set, const uint8_t* text, uint32_t text_size,
                       const uint8_t* context, uint32_t context_size);

enum breath_verdict {
  BREATH_VERDICT_SPOKE = 0,
  BREATH_VERDICT_NO_MATCH = 1,  // `when` is false
  BREATH_VERDICT_EXCUSED = 2,   // `unless` is true
  BREATH_VERDICT_YIELDED = 3,   // a guard silenced it
  BREATH_VERDICT_AUDIENCE = 4,  // not for this audience
  BREATH_VERDICT_INACTIVE = 5,  // outside its `active` window
  BREATH_VERDICT_UNCHECKED = 6
};

// Seals one term of a list (UTF-8, as an author wrote it) with a salt of 16 bytes; rules/FORMAT.md,
// section 2.1. Returns how many words and signs it has, and the result is the 8 bytes of its hash.
// Returns 0 when the term cannot be sealed: then the result is JSON {"id","pointer","message"}.
int32_t breath_seal(const uint8_t* salt, const uint8_t* phrase, uint32_t size);

// The bytes the last call left behind; valid until the next call of any function but these two.
const uint8_t* breath_result(void);
uint32_t breath_result_size(void);

#ifdef __cplusplus
}
#endif

#endif  // BREATH_ABI_BREATH_ABI_H_
