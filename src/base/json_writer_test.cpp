#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace truce::base {
namespace {

TEST(JsonWriter, WritesOneMemberALine) {
  JsonWriter json;
  json.begin_object();
  json.member("verdict", "violation");
  json.member("count", 3);
  json.member("gap", false);
  json.key("areas");
  json.begin_array();
  json.text("A-03");
  json.null();
  json.end_array();
  json.key("none");
  json.begin_object();
  json.end_object();
  json.end_object();
  EXPECT_EQ(json.take(),
            "{\n"
            "  \"verdict\": \"violation\",\n"
            "  \"count\": 3,\n"
            "  \"gap\": false,\n"
            "  \"areas\": [\n"
            "    \"A-03\",\n"
            "    null\n"
            "  ],\n"
            "  \"none\": {}\n"
            "}\n");
}

TEST(JsonWriter, WritesCompactly) {
  JsonWriter json(JsonWriter::Layout::compact);
  json.begin_array();
  json.integer(-1);
  json.decimal(0.125, 2);
  json.decimal(std::numeric_limits<double>::quiet_NaN(), 2);
  json.decimal_of(4500, 3);
  json.end_array();
  EXPECT_EQ(json.take(), "[-1,0.13,null,4.500]\n");
}

TEST(DecimalText, IsTheOneWayNumbersArePrinted) {
  EXPECT_EQ(decimal_text(std::int64_t{-45}, 1), "-4.5");
  EXPECT_EQ(decimal_text(std::int64_t{-4}, 1), "-0.4");
  EXPECT_EQ(decimal_text(std::int64_t{0}, 3), "0.000");
  EXPECT_EQ(decimal_text(std::int64_t{12}, 0), "12");
  EXPECT_EQ(decimal_text(INT64_MIN, 0), "-9223372036854775808");
  // Half away from zero, and never a negative zero.
  EXPECT_EQ(decimal_text(2.5, 0), "3");
  EXPECT_EQ(decimal_text(-2.5, 0), "-3");
  EXPECT_EQ(decimal_text(-0.001, 2), "0.00");
}

}  // namespace
}  // namespace truce::base
