# shellcheck shell=dash
# Waits for the conductor's word that the disk is written.

LISTENER=

# To be called before the report that lets the conductor say the word: it says so at once, and where addresses are
# translated on the way a connection may be accepted, and the word lost, before anyone listens here.
listen_for_done() {
    rm -f "$RUN/done"
    listen
}

# Every connection to the port has a process of its own, so that a silent one is in nobody's way.
listen() {
    nc -ll -p "$NOTIFY_PORT" -e /bin/sh "$FERRIC_LIB/heard.sh" "$RUN/done" &
    LISTENER=$!
}

await_done() {
    say "waiting for 'done' on port $NOTIFY_PORT"
    until [ -e "$RUN/done" ]; do
        kill -0 "$LISTENER" 2>/dev/null || listen
        sleep "$PAUSE"
    done
    kill "$LISTENER" 2>/dev/null
    wait "$LISTENER" 2>/dev/null
    say "the conductor said 'done'"
}
