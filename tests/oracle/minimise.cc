// SPDX-License-Identifier: Apache-2.0
// Behind minimise.h. Tested by tests/oracle/oracle_test.cc.
#include "tests/oracle/minimise.h"

#include <string>
#include <vector>

namespace breath::oracle {
namespace {

using nlohmann::json;
using Pointer = json::json_pointer;

void Collect(const json& value, const Pointer& at, std::vector<Pointer>* out) {
  if (!value.is_structured()) return;
  for (const auto& [key, member] : value.items()) {
    const Pointer below = value.is_array() ? at / std::stoul(key) : at / key;
    out->push_back(below);
    Collect(member, below, out);
  }
}

// Every part of the document, the outer ones first.
std::vector<Pointer> Parts(const json& value) {
  std::vector<Pointer> parts;
  Collect(value, Pointer(), &parts);
  return parts;
}

json Without(const json& value, const Pointer& part) {
  json out = value;
  json& parent = out[part.parent_pointer()];
  if (parent.is_array()) {
    parent.erase(std::stoul(part.back()));
  } else {
    parent.erase(part.back());
  }
  return out;
}

}  // namespace

Case Minimise(Case made, const std::function<bool(const Case&)>& fails) {
  bool better = true;
  auto keep_if_failing = [&](const Case& candidate) {
    if (!fails(candidate)) return false;
    made = candidate;
    better = true;
    return true;
  };
  while (better) {
    better = false;
    // One pass looks at the parts the bundle had when it began; some are gone when their turn
    // comes.
    for (const Pointer& part : Parts(made.bundle)) {
      if (!made.bundle.contains(part)) continue;
      Case candidate = made;
      candidate.bundle = Without(made.bundle, part);
      if (keep_if_failing(candidate)) continue;
      // A condition may be as good as one of those below it.
      for (const Pointer& inner : Parts(made.bundle[part])) {
        const json& smaller = made.bundle[part][inner];
        if (!smaller.is_object()) continue;
        candidate.bundle = made.bundle;
        candidate.bundle[part] = json(smaller);
        if (keep_if_failing(candidate)) break;
      }
    }
    for (size_t cut = made.draft.size(); cut > 0; cut /= 2) {
      for (size_t at = 0; at + cut <= made.draft.size();) {
        Case candidate = made;
        candidate.draft.erase(at, cut);
        if (!keep_if_failing(candidate)) at += cut;
      }
    }
  }
  return made;
}

}  // namespace breath::oracle
