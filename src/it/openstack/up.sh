#!/bin/bash
# up.sh DIR [WHO]: has Keystone, Swift and Glance (its images in Swift) run on free ports of 127.0.0.1 with everything they
# keep below DIR. Once all answer, DIR/env tells ports, users and passwords. Any number of instances may run beside each
# other. One that runs already is left as it is. "down.sh DIR WHO" ends only what "up.sh DIR WHO" began.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
if [ -e "$dir/env" ] && whole; then
    [ $# -gt 1 ] || rm -f "$dir/who" # asked for by hand: it stays
    exit 0
fi
"$here/install.sh" --check
trap '[ -e "$dir/env" ] || "$here/down.sh" "$dir"' EXIT # half a cloud is none

# Ports are chosen before the services take them: another program may be quicker, once.
"$here/start.sh" "$dir" || { echo "[openstack] once more, on other ports" >&2 && "$here/start.sh" "$dir"; }
printf '%s' "${2:-}" >"$dir/who"
mv "$dir/env.new" "$dir/env"
