# shellcheck shell=dash
# How the ramdisk speaks to whoever looks at the console, and how it waits.

# One line on the console. Foreign text in it cannot move the cursor or begin a line of its own.
say() {
    printf 'ferric: [%s] %s\n' "$(uptime_seconds)" "$(printf '%s' "$*" | one_line)" >>"$CONSOLE" 2>/dev/null
}

uptime_seconds() {
    local seconds=0
    { read -r seconds _ <"$FERRIC_ROOT/proc/uptime"; } 2>/dev/null
    printf '%s' "$seconds"
}

# Newlines become blanks, other control bytes and what is not ASCII become question marks.
one_line() {
    LC_ALL=C tr '\n\t' '  ' | LC_ALL=C tr '\000-\037\177-\377' '?' | cut -c 1-2000
}

# Keeps an error and fails, so that "... || fault text" ends a step. Only the first of several is kept.
fault() {
    say "ERROR: $*"
    [ -n "$FAULT" ] || FAULT=$*
    return 1
}

# Repeats the error for ever. No reset: it would hide the error and boot the same ramdisk into the same error again.
stay() {
    say "the server stays here, so that this can be read; switch it off when done"
    while :; do
        sleep "$STAY_SECONDS"
        say "ERROR: $FAULT"
    done
}

# await LOOKS COMMAND...: tries the command until it succeeds, LOOKS times at most.
await() {
    local looks=$1
    shift
    until "$@"; do
        looks=$((looks - 1))
        [ "$looks" -gt 0 ] || return 1
        sleep "$PAUSE"
    done
}

# The first line of a small file of sysfs without blanks at its ends; nothing when it cannot be read.
content() {
    local line=
    { read -r line <"$1"; } 2>/dev/null
    printf '%s' "$line"
}

lower() {
    tr '[:upper:]' '[:lower:]'
}
