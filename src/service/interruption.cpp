#include "service/interruption.h"

#include <signal.h>
#include <unistd.h>

#include <cstring>
#include <initializer_list>

#include "service/growing_file.h"
#include "service/outputs.h"

namespace truce::service {
namespace {

// Everything below runs in signal handlers: system calls only, no allocation, no locks.

void say(const char* text) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text, std::strlen(text));
}

extern "C" void on_interruption(int signal) {
  remove_unfinished();
  cut_back_growing_file();
  if (signal == SIGINT) say("\ntruce: interrupted; nothing half-written was left behind\n");
  if (signal == SIGTERM) say("\ntruce: ended; nothing half-written was left behind\n");
  ::_exit(128 + signal);
}

extern "C" void on_our_fault(int signal) {
  remove_unfinished();
  cut_back_growing_file();
  say(signal == SIGABRT ? "truce: stopped: a wrong finding is worse than none\n"
                        : "truce: crashed. This is a fault of Truce.\n");
  ::_exit(status_our_fault);
}

void handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = flags;
  ::sigfillset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

}  // namespace

void watch_for_interruption() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) handle(signal, on_interruption, 0);
  handle(SIGABRT, on_our_fault, 0);
  ::signal(SIGXFSZ, SIG_IGN);  // write() then fails with EFBIG, and the message names the file.
  if (sanitized) return;       // They tell more of a crash than we could.
  // A stack that has run out cannot run the handler: it gets one of its own.
  static char stack[64 * 1024];
  stack_t alternate{};
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof stack;
  ::sigaltstack(&alternate, nullptr);
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    handle(signal, on_our_fault, SA_ONSTACK);
  }
}

}  // namespace truce::service
