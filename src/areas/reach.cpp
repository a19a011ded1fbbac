#include "areas/reach.h"

#include <algorithm>

#include "base/check.h"

namespace truce::areas {

namespace {

constexpr double full_turn = 3'600'000'000.0;

}  // namespace

ReachBox unrolled(ReachBox box, double longitude) {
  const double away = (box.west + box.east) / 2 - longitude;
  const double turn = away > full_turn / 2 ? -full_turn : away < -full_turn / 2 ? full_turn : 0;
  box.west += turn;
  box.east += turn;
  return box;
}

void Reach::add(quantities::Point centre, const Ball& ball) {
  CHECK(count < 3);
  ReachBox around = box_around(centre, ball.radius);
  const auto all_round = [](const ReachBox& b) { return b.east - b.west >= full_turn; };
  if (count == 0) {
    box = around;
  } else {
    box.south = std::max(box.south, around.south);
    box.north = std::min(box.north, around.north);
    if (all_round(box)) {
      box.west = around.west;
      box.east = around.east;
    } else if (!all_round(around)) {
      around = unrolled(around, (box.west + box.east) / 2);
      box.west = std::max(box.west, around.west);
      box.east = std::min(box.east, around.east);
    }
  }
  balls[count++] = ball;
}

bool Reach::holds(Vector place) const {
  for (int i = 0; i < count; ++i)
    if (chord(place, balls[i].centre) > balls[i].radius) return false;
  return true;
}

}  // namespace truce::areas
