// SignalsHeld: no signal comes to this thread while it lives.
//
// What a signal handler has to know of a file, and the file itself, appear and vanish together
// (outputs.cpp, growing_file.cpp). Other threads may still be interrupted.
#pragma once

#include <signal.h>

namespace truce::service {

class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsHeld() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace truce::service
