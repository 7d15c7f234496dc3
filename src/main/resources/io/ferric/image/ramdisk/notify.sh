# shellcheck shell=dash
# Waits for the conductor's word that the disk is written.

# Every connection to the port has a process of its own, so that a silent one is in nobody's way.
await_done() {
    local listener=
    rm -f "$RUN/done"
    say "waiting for 'done' on port $NOTIFY_PORT"
    until [ -e "$RUN/done" ]; do
        if [ -z "$listener" ] || ! kill -0 "$listener" 2>/dev/null; then
            nc -ll -p "$NOTIFY_PORT" -e /bin/sh "$FERRIC_LIB/heard.sh" "$RUN/done" &
            listener=$!
        fi
        sleep "$PAUSE"
    done
    kill "$listener" 2>/dev/null
    wait "$listener" 2>/dev/null
    say "the conductor said 'done'"
}
