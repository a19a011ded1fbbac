// The lock: what depends on libraries or on the world's tables, resolved once and written down.
//
//   auto problems = resolve(agreement, files, geoid_bytes);    // truce check
//   write("agreement.lock", lock_text(agreement));             // truce check --lock
//
//   auto header = lock_header(lock, "agreement.lock");         // truce assess
//   Reading reading = read_agreement(text, "agreement.toml", &header->zone_offsets);
//   auto problems = apply_lock(*reading.agreement, lock, "agreement.lock");
//
// Outlines (to 10^-7 degree), the offsets of the time zone, bounds of the geoid and of the air come
// out the same on every machine when they come out of a lock. The format is docs/formats/lock.md.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "terms/agreement.h"

namespace truce::terms {

/// The files of the case that the outlines need, in order: those named in the agreement, and for a
/// Shapefile its siblings (of which only .shx must be there).
std::vector<std::string> outline_files(const Agreement& agreement);

/// Fills what the agreement leaves open: the outline and the geoid bounds of each area, the limits
/// that it takes from an airspace file, the air, the offsets of the zone if there are none yet, the
/// digests of the files, and `lock_digest`.
///
/// `files` has the bytes of each file by the name that the agreement calls it; one that ends in
/// .gz or .zst has been decompressed, and its digest is that of its content. `geoid` has the bytes
/// of PROJ's egm96_15.gtx. Every problem is returned at once; after any, the agreement is not to be
/// used.
base::Problems resolve(Agreement& agreement, const std::map<std::string, std::string>& files,
                       std::string_view geoid);

/// What is wrong with the outlines of an agreement that could be read in part only, or whose lock
/// does not fit: so that a person is told everything at once. Outlines that were not understood are
/// passed over, and so is everything else that resolve() does.
base::Problems problems_of_outlines(const Agreement& agreement,
                                    const std::map<std::string, std::string>& files);

/// The lock of a resolved agreement, as it stands in agreement.lock.
std::string lock_text(const Agreement& agreement);

/// What must be known of a lock before the agreement is read.
struct LockHeader {
  std::int64_t version = 1;                   ///< 2 where limits come from files.
  base::Digest agreement;                     ///< Of the agreement.toml that it was made for.
  std::map<std::string, base::Digest> files;  ///< Of the files that its outlines come from.
  std::string time_zone;
  std::vector<ZoneOffset> zone_offsets;
};
base::Result<LockHeader> lock_header(std::string_view lock, std::string_view file);

/// Fills the same as resolve(), from a lock. It must be of this format and version, made for this
/// very text of agreement.toml, and name the same areas in the same order; every member must be
/// there, and no other. Outlines are checked as those of files are. `lock_digest` becomes that of
/// the bytes given; lock_text() then gives those bytes again, if lock_text() wrote them.
base::Problems apply_lock(Agreement& agreement, std::string_view lock, std::string_view file);

/// Where an airspace file says something else of an area than the agreement, each as a warning. The
/// agreement must be resolved, or a lock applied to it; files that cannot be read are passed over.
base::Problems differences_from_files(const Agreement& agreement,
                                      const std::map<std::string, std::string>& files);

/// The files that are no longer what the lock was made from, each as a problem. (Findings rest on
/// the lock alone; but someone changed a map and did not lock again.)
base::Problems changed_files(const LockHeader& header,
                             const std::map<std::string, std::string>& files);

}  // namespace truce::terms
