#!/usr/bin/env bash
# Installs what was built into an empty folder and uses it from there as a system would: the program,
# its man pages, the completion of each shell, and the Debian package.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
build=$(dirname "$(dirname "$TRUCE_PROGRAM")")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failed=0
wrong() { echo "$*"; failed=1; }

cmake --install "$build" --prefix "$place/usr" >"$place/install.log"
program=$place/usr/bin/truce
[ "$("$program" --version)" = "$("$TRUCE_PROGRAM" --version)" ] || wrong "the installed program says another version"
"$program" check "$place/usr/share/doc/truce/examples/joint-implementation-group" >/dev/null ||
  wrong "the installed example is not sound"

# Every subcommand has its page, which groff reads without a complaint.
for page in truce $("$program" help | sed -n 's/^    truce \([a-z]*\) .*/truce-\1/p' | sort -u); do
  file=$place/usr/share/man/man1/$page.1
  [ -f "$file" ] || { wrong "there is no page $page"; continue; }
  complaints=$(groff -man -Tutf8 -ww -z "$file" 2>&1) || true
  [ -z "$complaints" ] || wrong "$page: $complaints"
  groff -man -Tutf8 -P-c -P-b -P-o -P-u "$file" | grep -c "SYNOPSIS" >/dev/null || wrong "$page shows no synopsis"
done

# bash: the completion, asked as the shell asks it.
bash_offers() {
  bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _truce 2>/dev/null
    printf "%s\n" "${COMPREPLY[@]}"' _ "$place/usr/share/bash-completion/completions/truce" "$@"
}
bash_offers truce as | grep -qx assess || wrong "bash does not offer assess"
bash_offers truce assess --o | grep -qx -- --out || wrong "bash does not offer --out"
bash_offers truce assess --fail-on v | grep -qx violation || wrong "bash does not offer violation"
bash_offers truce help c | grep -qx check || wrong "bash does not offer the pages"

zsh -n "$place/usr/share/zsh/site-functions/_truce" || wrong "zsh cannot read its completion"
fish --no-config -c "source '$place/usr/share/fish/vendor_completions.d/truce.fish'; complete -C 'truce as'" |
  grep -q "^assess" || wrong "fish does not offer assess"
fish --no-config -c "source '$place/usr/share/fish/vendor_completions.d/truce.fish'; complete -C 'truce assess --fail-on v'" |
  grep -q "^violation" || wrong "fish does not offer violation"

# The package holds what was installed, and names what it needs.
(cd "$build" && cpack -G DEB -B "$place/deb" >"$place/cpack.log" 2>&1) || { cat "$place/cpack.log"; wrong "cpack failed"; }
package=$(find "$place/deb" -maxdepth 1 -name 'truce_*.deb')
dpkg-deb --field "$package" Depends | grep -q proj-data || wrong "the package does not ask for the geoid"
dpkg-deb --field "$package" Depends | grep -q libc6 || wrong "the package does not ask for its libraries"
dpkg-deb --extract "$package" "$place/system"
for path in bin/truce share/man/man1/truce-assess.1 share/bash-completion/completions/truce \
  share/zsh/site-functions/_truce share/fish/vendor_completions.d/truce.fish share/doc/truce/copyright; do
  [ -e "$place/system/usr/$path" ] || wrong "the package lacks usr/$path"
done
"$place/system/usr/bin/truce" --version >/dev/null || wrong "the packaged program does not run"
exit $failed
