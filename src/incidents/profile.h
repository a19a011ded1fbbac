// Profile: an answer as a function of time.
//
// A question such as "was the aircraft inside the area?" has one answer over one stretch of time
// and another over the next. A profile lists the stretches in order; outside them its default
// holds. Moments, at which something was seen, may have answers of their own: a fix certainly
// inside is a "yes" at its moment even where everything around it is unknown.
//
// Pieces are how profiles are combined: cut at every change of any of them, and within a piece
// nothing that is asked about changes. A piece is a moment, or an open stretch between two cuts.
#pragma once

#include <algorithm>
#include <set>
#include <vector>

#include "base/answer.h"
#include "quantities/time.h"

namespace truce::incidents {

using base::Answer;
using quantities::Duration;
using quantities::Instant;
using quantities::Period;

struct Piece {
  Instant from, until;
  bool is_moment() const { return from == until; }
  friend bool operator==(const Piece&, const Piece&) = default;
};

class Profile {
 public:
  struct Stretch {
    Instant from, until;
    Answer answer;
    friend bool operator==(const Stretch&, const Stretch&) = default;
  };
  struct Moment {
    Instant at;
    Answer answer;
    friend bool operator==(const Moment&, const Moment&) = default;
  };

  explicit Profile(Answer otherwise = Answer::no) : otherwise_(otherwise) {}

  /// In the order of time, and not overlapping. Joined with the one before where they meet with
  /// one answer. A stretch without length is passed over.
  void add(Instant from, Instant until, Answer answer);
  void add_moment(Instant at, Answer answer);

  /// At a moment: its own answer if it has one, else that of the stretch around it. Where two
  /// stretches meet, the end of the one and the beginning of the other: theirs if they agree, else
  /// unknown.
  Answer at(Instant t) const;
  /// Over an open stretch that no cut divides; if one does, unknown unless all agree.
  Answer between(Instant from, Instant until) const;
  Answer over(const Piece& piece) const {
    return piece.is_moment() ? at(piece.from) : between(piece.from, piece.until);
  }

  /// Adds every instant at which the answer may change.
  void add_cuts(std::set<Instant>& cuts) const;

  bool empty() const { return stretches_.empty() && moments_.empty(); }
  Answer otherwise() const { return otherwise_; }
  const std::vector<Stretch>& stretches() const { return stretches_; }
  const std::vector<Moment>& moments() const { return moments_; }

 private:
  Answer otherwise_;
  std::vector<Stretch> stretches_;
  std::vector<Moment> moments_;
};

/// "yes" in the periods (the beginning belongs, the end does not), "no" outside, and unknown within
/// `blur` of every beginning and end: for times known only that well.
Profile profile_of(const std::vector<Period>& periods, Duration blur);

/// The pieces between the cuts from the first to the last, with those moments that are asked for.
std::vector<Piece> pieces_between(const std::set<Instant>& cuts, const std::set<Instant>& moments);

}  // namespace truce::incidents
