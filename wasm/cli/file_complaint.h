// SPDX-License-Identifier: Apache-2.0
// How files are named to people and what is said when one cannot be used; the words are those of
// the Node command (scripts/commands/complaint.js). Tested by: tests/node/corpus.test.js
#ifndef BREATH_CLI_FILE_COMPLAINT_H_
#define BREATH_CLI_FILE_COMPLAINT_H_

#include <string>

namespace breath {

// A path relative to where the person stands, unless that leads far away.
std::string ShownPath(const std::string& path);
// A line for people, without its end, about an error number of a file operation.
std::string FileComplaint(int error, const std::string& shown);

// Reads a whole file. Returns 0 or an error number.
int ReadWholeFile(const std::string& path, std::string* out);

}  // namespace breath

#endif  // BREATH_CLI_FILE_COMPLAINT_H_
