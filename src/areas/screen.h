// Screen: which of many areas hold a position, for many positions at once.
//
//   const Screen screen(outlines);
//   Holdings holdings;
//   screen.find(positions, holdings);           // a batch of any size
//   holdings.each(screen, [](std::uint32_t position, std::uint32_t area, Side side) { ... });
//
// Exact: for every position and area the side is that of areas::side_of, on every machine and with
// every set of instructions. (Of outlines that areas/validity.h finds at fault, the side is that of
// the crossings counted over all rings of a polygon together, as in Region.) The boundary belongs
// to the inside, and is told apart.
//
// Most positions lie where no boundary is near, and many share the same answer: these answers are
// covers, lists of areas that hold every place of a cell, and a position is answered with the
// number of its cover. Areas whose boundary passes near are held by the position one by one.
//
// How it lies in memory: areas/screen_table.h. Why: docs/decisions/screening.md.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "areas/outline.h"
#include "areas/screen_table.h"

namespace truce::areas {

class Screen;

/// A position held by an area whose boundary is near.
struct Held {
  std::uint32_t position;
  std::uint32_t area : 31;
  std::uint32_t on_boundary : 1;
  Side side() const { return on_boundary != 0 ? Side::boundary : Side::inside; }
  friend bool operator==(const Held&, const Held&) = default;
};

/// The answers for a batch. To be used again for the next batch: it keeps its memory.
struct Holdings {
  std::vector<std::uint32_t> covers;  ///< One a position: a number for Screen::cover.
  std::vector<Held> held;             ///< In the order of positions, then of areas.

  /// Calls visit(position, area, side) for everything that is held: positions in order, of each
  /// first its cover and then the others.
  template <class Visit>
  void each(const Screen& screen, Visit visit) const;
};

/// Which instructions to use. All give the same answers.
enum class Instructions : std::uint8_t { best, plain };

class Screen {
 public:
  explicit Screen(std::span<const Outline> outlines);
  explicit Screen(std::span<const Outline* const> outlines);

  /// Areas are numbered as the outlines were given. Fewer than 2^32 positions.
  void find(std::span<const Point> positions, Holdings& holdings,
            Instructions instructions = Instructions::best) const;

  /// The areas that hold one position, in order; the index of the position is 0 in all of them.
  std::vector<Held> find(Point position) const;

  /// The areas of a cover, ascending: the position is inside each of them.
  std::span<const std::uint32_t> cover(std::uint32_t number) const {
    const std::uint32_t start = table_.cover_start[number];
    return {table_.cover_areas.data() + start, table_.cover_start[number + 1] - start};
  }

  const screening::Table& table() const { return table_; }

 private:
  screening::Table table_;
};

template <class Visit>
void Holdings::each(const Screen& screen, Visit visit) const {
  auto next = held.begin();
  for (std::uint32_t i = 0; i < covers.size(); ++i) {
    if (covers[i] != 0)
      for (const std::uint32_t area : screen.cover(covers[i])) visit(i, area, Side::inside);
    for (; next != held.end() && next->position == i; ++next)
      visit(i, std::uint32_t{next->area}, next->side());
  }
}

namespace screening {

/// A batch in wide instructions, chosen when the program runs (screen_wide.cpp). Writes one cover a
/// position and appends what is held.
void find_wide(const Table& table, std::span<const Point> positions, std::uint32_t* covers,
               std::vector<Held>& held);
/// The same, one position after the other. `index` is the position's number in `held`.
std::uint32_t find_one(const Table& table, Point position, std::uint32_t index,
                       std::vector<Held>& held);

/// What is held at a pole.
void find_pole(const Table& table, std::uint32_t pole, std::uint32_t index,
               std::vector<Held>& held);

/// Appends what a leaf holds of a position, from its first line on, exactly; and says its cover.
/// `exact` asks the original edges of every part, else only of those that the slots cannot tell.
std::uint32_t find_in_leaf(const Table& table, std::uint32_t line, Point position,
                           std::uint32_t index, std::vector<Held>& held);

/// A number of Highway's targets for which find_wide is there on this machine, and the means to
/// choose among them: for tests.
std::vector<std::int64_t> wide_targets();
const char* wide_target_name(std::int64_t target);
void only_use(std::int64_t targets);  ///< 0: all that the machine has.

}  // namespace screening
}  // namespace truce::areas
