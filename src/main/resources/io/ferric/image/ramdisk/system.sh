# shellcheck shell=dash disable=SC2034 # say.sh reads FAULT
# The machine below: kernel file systems, drivers, reset.

prepare_system() {
    mkdir -p "$FERRIC_ROOT/proc" "$SYS" "$DEV" "$FERRIC_ROOT/run" "$FERRIC_ROOT/tmp" "$FERRIC_ROOT/etc" \
        "$FERRIC_ROOT/mnt" "$FERRIC_ROOT/var"
    mount -t proc proc "$FERRIC_ROOT/proc"
    mount -t sysfs sysfs "$SYS"
    mount -t devtmpfs devtmpfs "$DEV"
    mkdir -p "$DEV/pts" "$DEV/shm"
    mount -t devpts devpts "$DEV/pts"
    mount -t tmpfs -o mode=1777 shm "$DEV/shm"
    mount -t tmpfs -o mode=0755 run "$FERRIC_ROOT/run"
    [ -e "$FERRIC_ROOT/var/run" ] || ln -s ../run "$FERRIC_ROOT/var/run"
    (umask 077 && mkdir -p "$RUN")
    echo none >"$RUN/aliases" # busybox's grep -v -f prints nothing when the file is empty
    # What commands print is kept for errors, not shown: every line on the console is one of say's.
    exec </dev/null >>"$LOG" 2>&1
    say "deploy ramdisk, Linux $(uname -r)"
    load_listed_modules
    load_drivers
}

load_listed_modules() {
    set --
    while read -r module; do
        case $module in '' | '#'*) ;; *) set -- "$@" "$module" ;; esac
    done <"$FERRIC_LIB/modules"
    [ $# -eq 0 ] || modprobe -a -b -q "$@"
} 2>>"$LOG"

# Loads what the devices found since the last call ask for; there is no udev. A driver may bring up a bus with further
# devices, so every wait calls this again.
load_drivers() {
    local alias seen
    # The kernel counts the devices that came and went: nothing to do while the count stands still.
    seen=$(content "$SYS/kernel/uevent_seqnum")
    if [ -n "$seen" ] && [ "$seen" = "${SEEN_EVENTS:-}" ]; then return; fi
    SEEN_EVENTS=$seen
    find "$SYS/devices" -name modalias -exec cat {} + 2>/dev/null | sort -u >"$RUN/aliases.now"
    set --
    while read -r alias; do
        [ -z "$alias" ] || set -- "$@" "$alias"
    done <<EOF
$(grep -v -x -F -f "$RUN/aliases" "$RUN/aliases.now")
EOF
    [ $# -eq 0 ] || modprobe -a -b -q "$@" 2>>"$LOG"
    mv "$RUN/aliases.now" "$RUN/aliases"
}

restart() {
    sync
    reboot -f
    FAULT="the server did not reset"
    stay
}
