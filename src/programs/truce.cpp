#include "service/program.h"

int main(int argc, char** argv) {
  return truce::service::run(argc, argv);
}
