// SPDX-License-Identifier: Apache-2.0
// Makes the leaves of conditions of a random case, and the lists they name, out of a row of
// choices. It combines nothing: case_maker.h does. Tested by: tests/oracle/oracle_test.cc
#ifndef BREATH_TESTS_ORACLE_LEAF_MAKER_H_
#define BREATH_TESTS_ORACLE_LEAF_MAKER_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/oracle/choices.h"

namespace breath::oracle {

class LeafMaker {
 public:
  // `choices` must outlive the maker.
  explicit LeafMaker(Choices* choices) : choices_(choices) {}

  // Any operator that is no combination and no `context`, with its options.
  nlohmann::json Leaf();

  // The lists that leaves name so far, as a bundle has them.
  const nlohmann::json& lists() const { return lists_; }
  // What the leaves so far look for: drafts are made of it.
  const std::vector<std::string>& hints() const { return hints_; }

 private:
  std::string Phrase();
  nlohmann::json Phrases();
  std::string Host();
  nlohmann::json List(const char* name);
  nlohmann::json SealedList();
  nlohmann::json Pattern();
  nlohmann::json Link();
  nlohmann::json Secret();

  Choices* choices_;
  nlohmann::json lists_ = nlohmann::json::object();
  std::vector<std::string> hints_;
};

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_LEAF_MAKER_H_
