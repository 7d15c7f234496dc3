#!/bin/bash
# down.sh DIR [WHO]: stops what up.sh started for DIR, the recorded processes and the groups they lead, nothing else; with
# WHO only if "up.sh DIR WHO" started it. DIR stays.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
[ $# -lt 2 ] || [ "$(cat "$dir/who" 2>/dev/null)" = "$2" ] || exit 0

signal() { # signal NAME : to every group that is still ours; true if there was any
    local file name any=1
    for file in "$dir"/run/*.pid; do
        name=$(basename "$file" .pid)
        if running "$name"; then
            kill "-$1" -- "-$(cat "$file")" 2>/dev/null || true
            any=0
        fi
    done
    return $any
}

rm -f "$dir/env"
deadline=$((SECONDS + 5))
if signal TERM; then
    while signal 0 && [ $SECONDS -lt $deadline ]; do
        sleep 0.1
    done
    signal KILL || true
fi
