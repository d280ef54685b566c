// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js
#include "wasm/cli/file_complaint.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace breath {

std::string ShownPath(const std::string& path) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  if (error) return path;
  std::filesystem::path whole = (here / path).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  const std::string relative = whole.lexically_relative(here).string();
  const bool far = relative.empty() || relative == "." || relative.rfind("../../", 0) == 0;
  return far ? path : relative;
}

std::string FileComplaint(int error, const std::string& shown) {
  std::string reason;
  switch (error) {
    case ENOENT:
      reason = "there is no such file. Check the name and the folder.";
      break;
    case EISDIR:
      reason = "this is a folder, a file is needed.";
      break;
    case ENOTDIR:
      reason = "a part of this path is a file, not a folder.";
      break;
    case EACCES:
      reason = "you may not read or write this file. Check its permissions.";
      break;
    default:
      reason = std::string("the file cannot be used (") + strerror(error) + ").";
  }
  return shown + ": file.unusable: " + reason;
}

int ReadWholeFile(const std::string& path, std::string* out) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  char part[65536];
  int error = 0;
  for (;;) {
    const ssize_t got = read(fd, part, sizeof(part));
    if (got > 0) {
      out->append(part, static_cast<size_t>(got));
    } else if (got == 0 || errno != EINTR) {
      error = got == 0 ? 0 : errno;
      break;
    }
  }
  close(fd);
  return error;
}

}  // namespace breath
