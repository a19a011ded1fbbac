#include "service/manual.h"

namespace truce::service {
namespace {

constexpr std::string_view truce_page = R"(NAME
    truce - supervise a ceasefire: what was agreed, what was seen, what follows

SYNOPSIS
    truce check CASE [--lock] [--json]
    truce assess CASE [--out DIR] [--previous FILE] [--fail-on VERDICT]
                 [--threads N] [--memory SIZE] [--json] [--quiet]
    truce archive CASE [FILE...] --to ARCHIVE
    truce archive --list ARCHIVE | --verify ARCHIVE
    truce exercise --out DIR --seed N [--days D] [--aircraft N]
                   [--broken-bounds]
    truce exercise --score CASE [--json]
    truce help [SUBCOMMAND]
    truce --version

DESCRIPTION
    Truce reads what was agreed and what was seen, and says what happened, which
    term that touches, how sure this is and why. It finds; it determines nothing
    and names no targets. It never says that nothing happened because nothing
    was seen.

    Everything about one agreement lies in one folder, the case. The files in it
    are only ever read; what Truce writes goes to an output folder, and follows
    from the case alone: the same case gives the same bytes on any machine, with
    any number of threads.

    Subcommands, in the order in which a mission uses them:

    check
        Read the agreement, report every problem in it, and tell it back in
        plain words.

    assess
        Judge the flights that were observed against the terms, and write the
        findings and the report.

    archive
        Keep the positions of many files sorted and packed in one, from which
        they are judged anew much faster.

    exercise
        Make up a case whose truth is known, for training, and score findings
        against it.

    help
        Show this page, or the page of a subcommand.

OPTIONS
    -h, --help
        Show this page. After a subcommand, the page of that subcommand.

    --version
        Show the version of the program.

FILES
    CASE/agreement.toml
        The agreement: parties, areas, rules, exceptions, standards.

    CASE/agreement.lock
        What depends on libraries and on the world's tables, resolved once, by
        truce check CASE --lock.

    CASE/sources.toml
        Who told us, where they had it from, how far each can be trusted.

    CASE/affiliations.toml
        What ties aircraft to a party: states, operators, call signs, addresses.

    CASE/registry.csv, CASE/registry/*.csv
        Registers of aircraft.

    CASE/notices.toml, CASE/notices.csv
        The ledger of exempt flights.

    CASE/restrictions.toml
        When monitoring was denied, delayed or jammed.

    CASE/observations/
        Positions and sightings, in files of any of the known formats, plain or
        compressed (.gz, .zst). Each is recognised by its content.

ENVIRONMENT
    NO_COLOR
        If set and not empty, nothing is coloured. Colour is used on a terminal
        only.

EXIT STATUS
    0   Done.
    1   Done, and there are findings of the kind named with --fail-on.
    2   Bad input: the command line, the case, or a folder that cannot be
        written. The message says which, and where.
    3   Our fault: the program found its own reasoning broken and stopped.
    130 Interrupted (Ctrl-C). Nothing half-written is left behind.

EXAMPLES
    Look at an agreement, fix its outlines, and assess what was seen:

        truce check cases/amman
        truce check cases/amman --lock
        truce assess cases/amman
)";

constexpr std::string_view check_page = R"(NAME
    truce check - read an agreement, report every problem, tell it back

SYNOPSIS
    truce check CASE [--lock] [--json]

DESCRIPTION
    Reads the agreement of the case with the outlines that it refers to, the
    declared sources, affiliations, notices and restrictions, and reports every
    problem at once, each with file, line, column and what was expected. Then it
    warns of what is allowed but seldom meant: overlapping areas of unequal
    grades, rules that can never apply, outlines that cross themselves,
    coordinates that look exchanged.

    If there is no problem, the agreement is told back in plain English, clause
    by clause, so that a lawyer can see what the machine understood. Clauses
    that no machine can decide are listed as such.

    Observations are not read; truce assess reads them.

OPTIONS
    --lock
        Write agreement.lock: outlines with geodesic and rhumb edges, local
        times and geoid heights, resolved once, so that two parties compute with
        the same. Written whole or not at all, and only if there is no problem.

    --json
        Print problems, warnings and the telling as JSON on the standard output.

    -h, --help
        Show this page.

FILES
    CASE/agreement.toml
        The agreement. Outlines are taken from the files that it names, in the
        same folder.

    CASE/agreement.lock
        Compared with the agreement if it is there. If it no longer agrees, that
        is a problem that names what changed.

    /usr/share/proj/egm96_15.gtx
        The geoid EGM96, from Debian's proj-data. Needed only for resolving.

EXIT STATUS
    0   The agreement is sound.
    2   There are problems, or the case could not be read, or the lock not
        written.
    3   Our fault.

EXAMPLES
    Check an agreement and read what the machine understood:

        truce check cases/amman

    Resolve it, once, and let both co-chairs compare the hash:

        truce check cases/amman --lock
        sha256sum cases/amman/agreement.lock
)";

constexpr std::string_view assess_page = R"(NAME
    truce assess - judge the flights observed against the terms agreed

SYNOPSIS
    truce assess CASE [--out DIR] [--previous FILE] [--fail-on VERDICT]
                 [--threads N] [--memory SIZE] [--json] [--quiet]

DESCRIPTION
    Reads the case and writes findings: for each overflight of a designated area
    and each rule that it touches, one of the verdicts violation, possible,
    excepted, not applicable, with the tree of reasons, the evidence, and the
    questions whose answers would settle what is open. For each rule, area and
    day it says how much of it was watched: a quiet day is compliant only where
    the coverage reaches the declared threshold, otherwise it is not observed.

    If the case has no agreement.lock, the agreement is resolved on the spot. If
    the lock does not match the agreement, nothing is assessed, and the message
    names what changed.

    A row that cannot be read is rejected with its reason and listed in
    rejected.csv; so is a file that cannot be read. The rest of the run goes on.

    Outputs are written aside and renamed at the end: each is whole or absent,
    and a run that fails leaves those of an earlier run as they were. Nothing
    that differs between runs (time, threads, machine) is in them. They are for
    operations, not for release.

OPTIONS
    --out DIR
        Where the outputs go. Default: CASE/out. The folder is made if need be.
        It may not lie in CASE/observations.

    --previous FILE
        The findings.json of an earlier run. Findings of overlapping presences
        inherit its ids, and what changed since is listed as errata.

    --fail-on VERDICT
        End with exit status 1 if there is a finding of this verdict: violation,
        possible, excepted, compliant, not-observed or not-applicable. Several
        are separated by commas, and the option may be repeated. Compliant and
        not-observed speak of whole days of an area.

    --threads N
        Read so many files and judge so many aircraft at a time. Default: as
        many as there are processors. The outputs do not depend on it.

    --memory SIZE
        What the run may take of memory, roughly: 512M, 2G. Default: 1G.
        Positions for which there is no room are sorted into a file without a
        name beside the outputs, which is gone when the program ends, however
        it ends. The outputs do not depend on it. All positions of one aircraft
        must find room.

    --json
        Print a summary as JSON on the standard output instead of the table.

    --quiet
        Print nothing but warnings and errors.

    -h, --help
        Show this page.

FILES
    DIR/findings.json
        Every finding in full, with the SHA-256 of every input.

    DIR/findings.csv, DIR/findings.geojson
        The findings as a table and as a map layer.

    DIR/coverage.csv
        What was watched, by rule, area and day.

    DIR/figures.csv
        Counts and hours by rule, area, party and day.

    DIR/rejected.csv
        Every row that was not taken, with file, line, reason and text.

    DIR/report.html
        The report, one self-contained page.

EXIT STATUS
    0   Done.
    1   Done, and there are findings of a verdict named with --fail-on.
    2   Bad input, or the outputs could not be written.
    3   Our fault.
    130 Interrupted. The outputs are as they were before, and nothing is left
        behind: the next run reads everything again. What takes long to read is
        best archived first; truce archive goes on where it was interrupted.

EXAMPLES
    Assess a case and open its report:

        truce assess cases/amman
        xdg-open cases/amman/out/report.html

    In a script, stop at any violation:

        truce assess cases/amman --quiet --fail-on violation

    After a late notice has come in, keep the ids of the first run:

        truce assess cases/amman --previous archive/findings.json
)";

constexpr std::string_view archive_page = R"(NAME
    truce archive - keep the positions of many files in one, sorted and packed

SYNOPSIS
    truce archive CASE [FILE...] --to ARCHIVE
                  [--threads N] [--memory SIZE] [--json] [--quiet]
    truce archive --list ARCHIVE [--json]
    truce archive --verify ARCHIVE [--threads N] [--json] [--quiet]

DESCRIPTION
    Reads the files under CASE/observations, or those of them that are named,
    and adds their positions to an archive, sorted by aircraft and time. The
    archive keeps all that makes them evidence: the name and SHA-256 of every
    original, the record of every position, the rejected rows with their
    reasons, and what was said of the aircraft.

    Laid under CASE/observations, the archive stands for its originals, which
    may be there as well or not: truce assess writes the same bytes from either,
    many times faster. The archive itself is not named in them: it follows from
    the originals, which are.

    How a file is read depends on what sources.toml says of its source: columns,
    date and zone, how long a containment holds. If that has changed since, the
    file must be archived anew, and truce assess says so. Everything else, such
    as terms, areas, bounds, affiliations and notices, may change freely.

    An archive is only ever added to. Files that it holds already are compared
    with it by their SHA-256 and passed over; one that differs is a problem.
    Files of sightings stay where they are.

    Whole files are added at a time. After Ctrl-C the archive holds what was
    complete before, and nothing half-written; the same command again goes on
    from there. So it does after the machine has stopped: what stands behind the
    last complete addition is recognised and cut off.

OPTIONS
    --to ARCHIVE
        The archive to add to. It is made if it is not there.

    --list ARCHIVE
        Print every original with its SHA-256, how many positions and rejected
        rows it gave, its format and its name; then the sums.

    --verify ARCHIVE
        Read everything and compare every check sum, every count and the order.

    --threads N
        Read so many files at a time. Default: as many as there are processors.

    --memory SIZE
        What the run may take of memory, roughly: 512M, 2G. Default: 1G.

    --json
        Print the result as JSON on the standard output.

    --quiet
        Print nothing but warnings and errors.

    -h, --help
        Show this page.

FILES
    CASE/sources.toml
        How files are to be read.

    ARCHIVE
        docs/formats/archive.md describes it to the byte.

EXIT STATUS
    0   Done. With --verify: everything is whole.
    2   Bad input; a file could not be read, or the archive not written; with
        --verify: something is damaged. The message says what.
    3   Our fault.
    130 Interrupted. The archive holds what was complete before.

EXAMPLES
    Archive what has come in, and judge from the archive:

        truce archive cases/amman --to cases/amman/observations/all.archive
        truce assess cases/amman

    Look at it, and check it after copying:

        truce archive --list cases/amman/observations/all.archive
        truce archive --verify cases/amman/observations/all.archive
)";

constexpr std::string_view exercise_page = R"(NAME
    truce exercise - make up a case whose truth is known, and score findings

SYNOPSIS
    truce exercise --out DIR --seed N [--days D] [--aircraft N]
                   [--broken-bounds]
    truce exercise --score CASE [--json]

DESCRIPTION
    With --out, writes a whole case: an agreement, and what receivers and people
    report of the flights of a made-up mission, with gaps, jamming, false
    medical flights, duplicate addresses, wrong clocks and malformed rows. The
    truth is kept beside it. The same seed gives the same case.

    With --score, compares the findings of an exercise, assessed before, with
    its truth: definite verdicts that contradict it, true incursions that were
    missed, and the share left possible.

OPTIONS
    --out DIR
        The folder to write the case into. It must be empty or absent.

    --seed N
        Which case: a whole number, 0 or more.

    --days D
        How many days it lasts, 1 to 366. Default: 1.

    --aircraft N
        How many aircraft there are, 1 to 100,000; not all fly every day.
        Default: 60.

    --broken-bounds
        Let some errors exceed the bounds that their sources declare. Such cases
        are scored apart.

    --score CASE
        Compare CASE/out/findings.json with the truth of the exercise.

    --json
        Print the score as JSON on the standard output.

    -h, --help
        Show this page.

FILES
    DIR/truth.json
        What really happened. truce assess does not read it.

    CASE/out/findings.json
        What truce assess found.

EXIT STATUS
    0   Done. With --score: no definite verdict contradicts the truth, and no
        true incursion that left a trace is missing.
    1   With --score: there is a contradiction or a miss.
    2   Bad input, or the case could not be written.
    3   Our fault.

EXAMPLES
    Train on a case, and see how well it was judged:

        truce exercise --out /tmp/mission --seed 42 --days 3 --aircraft 20
        truce assess /tmp/mission
        truce exercise --score /tmp/mission
)";

constexpr std::string_view help_page = R"(NAME
    truce help - show the manual

SYNOPSIS
    truce help [SUBCOMMAND]

DESCRIPTION
    Shows the page of a subcommand, or of the program.

OPTIONS
    -h, --help
        Show this page.

FILES
    None.

EXIT STATUS
    0   Done.
    2   There is no such subcommand.

EXAMPLES
    How to assess a case:

        truce help assess
)";

}  // namespace

const std::vector<ManualPage>& manual() {
  static const std::vector<ManualPage> pages = {
      {"truce", "supervise a ceasefire: what was agreed, what was seen, what follows", truce_page},
      {"check", "read an agreement, report every problem, tell it back", check_page},
      {"assess", "judge the flights observed against the terms agreed", assess_page},
      {"archive", "keep the positions of many files in one, sorted and packed", archive_page},
      {"exercise", "make up a case whose truth is known, and score findings", exercise_page},
      {"help", "show the manual", help_page},
  };
  return pages;
}

const ManualPage* manual_page(std::string_view name) {
  for (const ManualPage& page : manual()) {
    if (page.name == name) return &page;
  }
  return nullptr;
}

std::vector<std::string> subcommands() {
  std::vector<std::string> names;
  for (const ManualPage& page : manual()) {
    if (page.name != "truce") names.emplace_back(page.name);
  }
  return names;
}

}  // namespace truce::service
