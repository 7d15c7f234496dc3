#!/bin/bash
# up.sh for as long as somebody holds the other end of standard input: however that somebody ends, all is stopped.
# Says "up" when DIR/env may be read.
set -euo pipefail
here=$(dirname "$0")
trap '"$here/down.sh" "$1"' EXIT
trap 'exit 143' TERM INT
"$here/up.sh" "$1" </dev/null
echo up
cat >/dev/null
