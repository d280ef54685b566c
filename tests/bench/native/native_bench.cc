// SPDX-License-Identifier: Apache-2.0
// The native side of the benchmark. Takes one contestant and does what tests/bench/contest.js asks
// on stdin, a line of JSON each, as tests/bench/contestant.js does for programs in Node. It chooses
// no texts and computes no statistics.
//   native_bench TASK.json                      speaks the protocol
//   native_bench --once TASK.json POOL COUNT    checks the first COUNT texts of a pool and ends:
//   for callgrind
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/bench/native/contestant.h"

namespace breath::bench {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

bool ReadFile(const std::string& path, std::string* out) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  out->assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  return true;
}

bool ReadJson(const std::string& path, Json* out) {
  std::string bytes;
  if (!ReadFile(path, &bytes)) return false;
  *out = Json::parse(bytes, nullptr, /*allow_exceptions=*/false);
  return !out->is_discarded();
}

int64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  int64_t total = 0;
  int64_t resident = 0;
  statm >> total >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

std::unique_ptr<Contestant> NewContestant(const std::string& name) {
  for (const auto make : {NewBreathContestant, NewRe2Contestant, NewHyperscanContestant}) {
    if (auto contestant = make(name)) return contestant;
  }
  return nullptr;
}

class Session {
 public:
  // Returns what went wrong, or nothing.
  std::string Open(const std::string& task_path) {
    Json json;
    if (!ReadJson(task_path, &json)) return "cannot read " + task_path;
    Task task;
    for (const Json& each : json["rules"]) {
      Rule rule;
      rule.regex = each["regex"];
      rule.ignore_case = each["ignoreCase"];
      if (each.contains("literals")) rule.literals = each["literals"];
      task.rules.push_back(std::move(rule));
    }
    if (!ReadFile(json["bundle"], &task.bundle)) return "cannot read the bundle";
    for (const auto& [name, path] : json["pools"].items()) {
      Json texts;
      if (!ReadJson(path, &texts)) return "cannot read the texts of " + name;
      pools_[name] = texts.get<std::vector<std::string>>();
    }
    contestant_ = NewContestant(json["contestant"]);
    if (contestant_ == nullptr) return "not built in";
    const auto began = Clock::now();
    std::string problem = contestant_->SetUp(task);
    setup_ms_ = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
    return problem;
  }

  double setup_ms() const { return setup_ms_; }

  Json Answer(const Json& request) {
    const std::string what = request["do"];
    if (what == "memory") return {{"rss", ResidentBytes()}};
    const std::vector<std::string>& texts = pools_[request["pool"]];
    const size_t first = request["first"];
    const size_t end = std::min(texts.size(), first + request["count"].get<size_t>());
    if (what == "warm") return Warm(texts, first, end, request["milliseconds"]);
    if (what == "sample") return Sample(texts, first, end);
    if (what == "again") {
      return Round(std::vector<std::string>(end - first, texts[first]), 0, end - first,
                   request["batch"]);
    }
    return Round(texts, first, end, request["batch"]);
  }

 private:
  Json Warm(const std::vector<std::string>& texts, size_t first, size_t end, double limit) {
    const auto began = Clock::now();
    size_t used = 0;
    double milliseconds = 0;
    for (size_t i = first; i < end && (milliseconds < limit || used < 3); ++i, ++used) {
      contestant_->Count(texts[i]);
      milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
    }
    return {{"used", used},
            {"nanoseconds", Json::array({milliseconds * 1e6 / std::max<size_t>(used, 1)})}};
  }

  Json Round(const std::vector<std::string>& texts, size_t first, size_t end, size_t batch) {
    std::vector<double> nanoseconds;
    uint64_t found = 0;
    for (size_t i = first; i < end; i += batch) {
      const size_t stop = std::min(end, i + batch);
      const auto began = Clock::now();
      for (size_t n = i; n < stop; ++n) found += contestant_->Count(texts[n]);
      const std::chrono::duration<double, std::nano> spent = Clock::now() - began;
      nanoseconds.push_back(spent.count() / static_cast<double>(stop - i));
    }
    return {{"nanoseconds", nanoseconds}, {"found", found}};
  }

  Json Sample(const std::vector<std::string>& texts, size_t first, size_t end) {
    Json out = Json::array();
    for (size_t i = first; i < end; ++i) {
      Hits hits;
      contestant_->Find(texts[i], &hits);
      for (const auto& [rule, stop] : hits) out.push_back({i - first, rule, stop});
    }
    return {{"hits", out}, {"unit", contestant_->GivesUtf16() ? "utf16" : "utf8"}};
  }

  std::unique_ptr<Contestant> contestant_;
  std::map<std::string, std::vector<std::string>> pools_;
  double setup_ms_ = 0;
};

void Say(const Json& reply) { std::cout << reply.dump() << std::endl; }

int Once(Session* session, const std::string& pool, size_t count) {
  const Json reply = session->Answer(
      {{"do", "round"}, {"pool", pool}, {"first", 0}, {"count", count}, {"batch", count}});
  Say(reply["found"]);
  return 0;
}

int Main(const std::vector<std::string>& arguments) {
  const bool is_once = arguments.size() == 4 && arguments[0] == "--once";
  if (!is_once && arguments.size() != 1) {
    fputs("Usage: native_bench [--once] TASK.json [POOL COUNT]\n", stderr);
    return 2;
  }
  Session session;
  const std::string problem = session.Open(arguments[is_once ? 1 : 0]);
  if (!problem.empty()) {
    Say({{"error", problem}});
    return 3;
  }
  if (is_once) return Once(&session, arguments[2], strtoul(arguments[3].c_str(), nullptr, 10));
  Say({{"ready", true}, {"setupMs", session.setup_ms()}});
  for (std::string line; std::getline(std::cin, line);) {
    const Json request = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (request.is_discarded()) return 2;
    Say(session.Answer(request));
  }
  return 0;
}

}  // namespace
}  // namespace breath::bench

int main(int argc, char** argv) {
  return breath::bench::Main(std::vector<std::string>(argv + 1, argv + argc));
}
