# Read by the scripts beside it, with the directory of one instance in $1.
# shellcheck shell=bash
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 # Debian's python3 holds the services; another would hide them
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
# shellcheck disable=SC2034
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=${1:?"usage: $(basename "$0") DIR"}
mkdir -p "$dir"
# what lies there is deleted at each start, so it must be ours
if [ -n "$(ls -A "$dir")" ] && [ ! -e "$dir/.ferric-openstack" ]; then
    echo "[openstack] $dir is not empty and was not made by these scripts; name a new directory" >&2
    exit 2
fi
chmod 700 "$dir"
dir=$(cd "$dir" && pwd)
export FERRIC_OPENSTACK=$dir # by this, and nothing else, down.sh knows that a recorded process is still ours

# Is the process recorded as $1 still running, and one that these scripts started for this directory?
running() {
    local pid
    pid=$(cat "$dir/run/$1.pid" 2>/dev/null) || return 1
    tr '\0' '\n' 2>/dev/null <"/proc/$pid/environ" | grep -qxF "FERRIC_OPENSTACK=$dir"
}

# start NAME COMMAND... : in a process group of its own, its words in log/NAME.log
start() {
    local name=$1
    shift
    setsid "$@" </dev/null >>"$dir/log/$name.log" 2>&1 &
    echo $! >"$dir/run/$name.pid"
}

# Do all services run?
whole() {
    local name
    for name in keystone glance memcached swift-account swift-container swift-object swift-proxy; do
        running $name || return 1
    done
}

# Is it our own process $1 that listens on port $2, and not one that took the port before it?
listens() {
    local inode sockets
    inode=$(awk -v port="$(printf ':%04X' "$2")" '$4 == "0A" && index($2, port) { print $10 }' /proc/net/tcp)
    sockets=$(find "/proc/$(cat "$dir/run/$1.pid")/fd" -lname "socket:\[$inode\]" 2>/dev/null)
    [ -n "$sockets" ]
}

# await NAME PORT [PATH]: until the service listens, and answers at PATH; fails with its last words when it ends or
# after two minutes
await() {
    local deadline=$((SECONDS + 120))
    until listens "$1" "$2" && { [ $# -lt 3 ] || curl -s -o "$dir/run/answer" --max-time 5 "http://127.0.0.1:$2$3"; }; do
        if ! running "$1" || [ $SECONDS -gt $deadline ]; then
            echo "[openstack] $1 does not come up on port $2:" >&2
            tail -n 30 "$dir/log/$1.log" >&2
            return 1
        fi
        sleep 0.1
    done
}
