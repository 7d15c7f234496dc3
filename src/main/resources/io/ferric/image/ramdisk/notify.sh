# shellcheck shell=dash
# Waits for the conductor's word that the disk is written. There are two waits with boot_option=local, and a word counts
# for the one in whose time it came.
WAITS=0

# To be called before the conductor is told: its word may come at once. Ends when the port is open.
listen_for_done() {
    WAITS=$((WAITS + 1))
    HEARD=$RUN/done.$WAITS
    rm -f "$HEARD"
    start_listener
    await "$TARGET_LOOKS" port_open || say "port $NOTIFY_PORT is not open yet"
}

# Every connection to the port has a process of its own, so that a silent one is in nobody's way.
start_listener() {
    exec nc -ll -p "$NOTIFY_PORT" -e /bin/sh "$FERRIC_LIB/heard.sh" "$HEARD" &
    LISTENER=$!
}

keep_listening() {
    kill -0 "$LISTENER" 2>/dev/null || start_listener
}

port_open() {
    keep_listening
    nc -w 2 127.0.0.1 "$NOTIFY_PORT" </dev/null >/dev/null 2>&1
}

await_done() {
    say "waiting for 'done' on port $NOTIFY_PORT"
    until [ -e "$HEARD" ]; do
        keep_listening
        sleep "$PAUSE"
    done
    kill "$LISTENER" 2>/dev/null
    wait "$LISTENER" 2>/dev/null
    say "the conductor said 'done'"
}
