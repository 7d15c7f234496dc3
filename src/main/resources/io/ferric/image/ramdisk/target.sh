# shellcheck shell=dash
# The disk as an iSCSI target: LUN 1, for any initiator, on all IPv4 and IPv6 addresses.

open_target() {
    local iqn
    iqn=$(param iscsi_target_iqn)
    tgtd -f >"$RUN/tgtd.log" 2>&1 &
    TGTD=$!
    await "$TARGET_LOOKS" tgtd_answers || fault "tgtd does not start: $(target_words)" || return 1
    tgt --mode target --op new --tid 1 --targetname "$iqn" &&
        tgt --mode logicalunit --op new --tid 1 --lun 1 --backing-store "$DEV/$(device_name "$DISK")" &&
        tgt --mode target --op bind --tid 1 --initiator-address ALL || return 1
    say "target: $iqn offers $(device_name "$DISK")"
}

tgtd_answers() {
    tgtadm --lld iscsi --mode sys --op show >/dev/null 2>>"$RUN/tgtd.log"
}

tgt() {
    tgtadm --lld iscsi "$@" >>"$RUN/tgtd.log" 2>&1 ||
        fault "the iSCSI target could not be set up (tgtadm $2 $4): $(target_words)"
}

target_words() {
    tail -n 3 "$RUN/tgtd.log" | one_line
}

# Lets go of the disk: sessions are cut, then the daemon ends, and nothing is left unwritten.
close_target() {
    tgtadm --lld iscsi --mode target --op delete --force --tid 1
    tgtadm --lld iscsi --mode sys --op delete
    if ! await "$TARGET_LOOKS" tgtd_ended; then
        kill -9 "$TGTD"
        await "$TARGET_LOOKS" tgtd_ended
    fi
    sync
    say "target closed"
}

tgtd_ended() {
    if kill -0 "$TGTD" 2>/dev/null; then
        kill "$TGTD" 2>/dev/null
        return 1
    fi
    wait "$TGTD" 2>/dev/null
    return 0
}
