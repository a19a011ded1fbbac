// Drawing: the common ground of the pictures in a report. Pictures are SVG (within HTML 5), drawn
// with + - * / only and printed to a tenth of a pixel, so that they are the same bytes everywhere.
//
// A verdict is told apart three ways at once, by colour, by the style of its line and by the shape
// of its mark, so that no reader and no printer depends on colour.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.h"
#include "quantities/angle.h"
#include "quantities/length.h"
#include "terms/agreement.h"

namespace truce::publication {

/// A number of pixels: one decimal, no exponent, kept within +-100,000.
std::string px(double pixels);

struct Spot {
  double x = 0, y = 0;
};

struct Rectangle {
  double left = 0, top = 0, right = 0, bottom = 0;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

/// A box of longitudes and latitudes in degrees; longitudes may go on beyond 180.
struct GeoBox {
  double west = 0, south = 0, east = 0, north = 0;
  void include(double longitude, double latitude);
  bool empty = true;
};
/// The box wider by a share of its size, and at least as wide and high as `least`.
GeoBox widened(GeoBox box, double share, quantities::Length least);

/// The equirectangular projection of a box into a rectangle, true to scale along the middle
/// parallel of the box.
class Projection {
 public:
  /// Fits the box into the rectangle and centres it there.
  Projection(const GeoBox& box, const Rectangle& frame);
  Spot at(double longitude, double latitude) const;
  /// A place, by whichever turn of its longitude is nearest to the middle of the map.
  Spot at(quantities::Point point) const;
  double longitude_of(quantities::Point point) const;
  double pixels(quantities::Length length) const;
  /// What the frame shows: the box and what lies beside it.
  const GeoBox& shown() const { return shown_; }
  const Rectangle& frame() const { return frame_; }

 private:
  Rectangle frame_;
  GeoBox shown_;
  double middle_longitude_ = 0;
  double pixels_per_degree_north_ = 1, pixels_per_degree_east_ = 1;
};

/// How wide a box should be drawn for its height: the quotient of its width and height on the
/// ground.
double aspect_of(const GeoBox& box);

/// The mark of a verdict around a spot: a filled square, an open diamond, a filled circle, ...
std::string mark(findings::Verdict verdict, Spot spot, double size);
/// The same as a picture of its own, as high as the text around it.
std::string mark_in_text(findings::Verdict verdict);

/// The path of a ring or line in pixels; points closer than half a pixel to the last are left out.
class PathText {
 public:
  void move_to(Spot spot) { add('M', spot); }
  void line_to(Spot spot);
  void close() { out_ += 'Z'; }
  const std::string& text() const { return out_; }

 private:
  void add(char command, Spot spot);
  std::string out_;
  Spot last_;
};
/// The path of what an outline shows in the frame, holes included (to be filled by even-odd). Cut a
/// little outside of the frame, and simplified by less than anyone sees.
std::string outline_path(const areas::Outline& outline, const Projection& projection);

/// Dots as one path: filled, or open with a white core. Dots that would hide one another are left
/// out.
std::string dots(const std::vector<Spot>& spots, std::string_view style, bool open);

/// Patterns for grades, coverage and restrictions, once for the whole page.
std::string pattern_definitions(const terms::Agreement& agreement);
/// "url(#grade-0)" for the grade first in the agreement.
std::string grade_fill(const terms::Agreement& agreement, std::string_view grade);

/// A scale bar of a round length, at its left lower corner.
std::string scale_bar(const Projection& projection, Spot corner, double widest);
std::string north_arrow(Spot tip);
/// Meridians and parallels at round degrees with their labels along the frame.
std::string graticule(const Projection& projection, double apart);

/// Text in a picture, escaped. `style` is a class.
std::string svg_text(Spot spot, std::string_view text, std::string_view style,
                     std::string_view anchor = "start");
/// A title and a description for those who cannot see the picture, and the opening tag.
std::string open_picture(std::string_view id, double width, double height, std::string_view title,
                         std::string_view description);

/// Places for labels that do not cover one another.
class Labels {
 public:
  explicit Labels(Rectangle frame) : frame_(frame) {}
  /// Takes a place if it is free and within the frame.
  bool take(Rectangle rectangle);
  void keep_clear(Rectangle rectangle) { taken_.push_back(rectangle); }
  /// The lower left corner of a free place for a text near a spot; nothing if all are taken.
  std::optional<Spot> place(Spot near, double width, double height);

 private:
  Rectangle frame_;
  std::vector<Rectangle> taken_;
};

}  // namespace truce::publication
