// CHECK: what our own reasoning promises. It stays on in release builds and stops the program:
// a wrong finding is worse than none. Bad input is never a CHECK; it is a Problem (result.h).
#pragma once

namespace truce::base {

[[noreturn]] void check_failed(const char* file, int line, const char* condition);

}  // namespace truce::base

#define CHECK(condition)                               \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::truce::base::check_failed(__FILE__, __LINE__, #condition))
