// Layers: who may include whom in src/, and who may touch the world.
//
// src/layers.txt has one line a folder, "name: folders", and each folder may include its own files,
// those of the folders named, and those that these may include. Only service/ and programs/ may
// touch files, the clock, the network, threads or randomness; tests beside the code may read files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace truce::layers {

/// Everything in the tree below `src` that breaks the rules of `src`/layers.txt, one sentence each
/// with file and line, in the order of the paths. Empty when all is well.
std::vector<std::string> violations(const std::filesystem::path& src);

/// How many source files were looked at.
std::size_t files_under(const std::filesystem::path& src);

}  // namespace truce::layers
