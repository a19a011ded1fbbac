#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace truce::base {

void check_failed(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "truce: %s:%d: this should always hold: %s\nThis is a fault of Truce.\n",
               file, line, condition);
  std::abort();
}

}  // namespace truce::base
