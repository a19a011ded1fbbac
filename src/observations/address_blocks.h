// Address blocks: which State was given which 24-bit aircraft addresses.
//
// Source: ICAO Annex 10, volume III, part I, appendix to chapter 9, table 9-1, with the blocks as
// they are in use: the smallest blocks hold 2,048 addresses since they were doubled (Malta, San
// Marino and Mongolia use the upper half), Qatar's holds 4,096 and Colombia's 8,192. Territories
// are not told apart from their State: Hong Kong lies in the block of China, Bermuda in that of the
// United Kingdom. Blocks that ICAO keeps for itself (F00000, F09000) belong to no State; block
// 899000, which ICAO holds too, is the one that aircraft registered in Taiwan use.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace truce::observations {

struct AddressBlock {
  std::uint32_t first;
  std::uint32_t last;           ///< Belongs to the block.
  std::string_view state;       ///< Short English name: "Syria".
  std::string_view code;        ///< ISO 3166-1 alpha-2: "SY".
  std::string_view other_name;  ///< "Syrian Arab Republic"; "" if there is no other in use.
};

/// All blocks in ascending order; none overlap.
std::span<const AddressBlock> address_blocks();

/// The short name of a State that is written in any way the table knows ("Syrian Arab Republic",
/// "syria", "SY"); "" if it is none.
std::string_view state_named(std::string_view text);

/// Every short name, for suggestions.
std::vector<std::string> state_names();

}  // namespace truce::observations
