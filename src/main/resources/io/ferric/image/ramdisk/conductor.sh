# shellcheck shell=dash
# What the ramdisk tells the conductor, over HTTP. Key and token go through files that only root reads, never through a
# command's arguments, which anyone could see in /proc.

# The disk is ready, or why it is not. Succeeds when the conductor took it; then FAULT is as before.
report_deploy() {
    {
        printf '{"address":"%s","key":"%s",' "$(printf '%s' "$ADDRESS" | json)" "$(param deployment_key | json)"
        printf '"iqn":"%s","error":"%s"}' "$(param iscsi_target_iqn | json)" "$(printf '%s' "$FAULT" | json)"
    } >"$RUN/body"
    tell_conductor pass_deploy_info
}

report_boot_loader() {
    local status=SUCCEEDED
    [ -z "$FAULT" ] || status=FAILED
    {
        printf '{"address":"%s","key":"%s",' "$(printf '%s' "$ADDRESS" | json)" "$(param deployment_key | json)"
        printf '"status":"%s","error":"%s"}' "$status" "$(printf '%s' "$FAULT" | json)"
    } >"$RUN/body"
    tell_conductor pass_bootloader_install_info
}

# The inside of a JSON string: quotes, backslashes and newlines escaped, other control bytes and non-ASCII made '?'.
json() {
    head -c 4000 | LC_ALL=C tr '\000-\010\013-\037\177-\377' '?' | sed 's/\\/\\\\/g; s/"/\\"/g; s/	/\\t/g' |
        awk '{ printf "%s%s", between, $0; between = "\\n" }'
}

# Calls until the conductor takes or refuses it. Whoever may have taken a call whose answer was lost is waited for.
tell_conductor() {
    local try=1 pause=$POST_PAUSE
    MAYBE_TAKEN=
    write_headers
    while :; do
        post "$API_URL/v1/nodes/$(param deployment_id)/vendor_passthru/$1" || return 1
        case $STATUS in
            2??)
                say "the conductor took $1"
                return 0
                ;;
            000 | 408 | 409 | 429 | 5??) ;;
            *)
                say "ERROR: the conductor refused $1 ($STATUS): $(answer_words)"
                [ -z "$MAYBE_TAKEN" ] || return 0
                FAULT="${FAULT:+$FAULT; }the conductor refused $1 ($STATUS): $(answer_words)"
                return 1
                ;;
        esac
        case $STATUS in 000) ;; *) PROBLEM="it answered $STATUS: $(answer_words)" ;; esac
        if [ "$try" -ge "$POST_TRIES" ]; then
            say "ERROR: the conductor at $API_URL did not take $1: $PROBLEM"
            [ -z "$MAYBE_TAKEN" ] || return 0
            FAULT="${FAULT:+$FAULT; }the conductor at $API_URL did not take $1 in $try tries: $PROBLEM"
            return 1
        fi
        say "try $try of $POST_TRIES to reach the conductor at $API_URL: $PROBLEM"
        sleep "$pause"
        try=$((try + 1))
        pause=$((pause * 2 < POST_PAUSE_MOST ? pause * 2 : POST_PAUSE_MOST))
    done
}

write_headers() {
    {
        echo 'Content-Type: application/json'
        echo 'Accept: application/json'
        if [ -s "$RUN/token" ]; then printf 'X-Auth-Token: %s\n' "$(cat "$RUN/token")"; fi
    } >"$RUN/headers"
}

# Sets STATUS, 000 without an answer and then PROBLEM; the body is in $RUN/answer. Fails when trying again cannot help.
post() {
    : >"$RUN/answer"
    PROBLEM="no answer"
    if command -v "$CURL" >/dev/null 2>&1; then
        post_by_curl "$1"
    elif [ "$API_SCHEME" = https ]; then
        say "ERROR: the conductor's address is https, but this ramdisk was built without curl"
        FAULT="${FAULT:+$FAULT; }the conductor's address is https, but this ramdisk was built without curl"
        return 1
    else
        post_by_nc "$1"
    fi
}

post_by_curl() {
    local code authorities=$FERRIC_ROOT/etc/ssl/certs/ca-certificates.crt
    set -- --silent --show-error --globoff --connect-timeout 10 --max-time "$POST_SECONDS" --url "$1" \
        --header "@$RUN/headers" --data-binary "@$RUN/body" --output "$RUN/answer" --write-out '%{http_code}'
    [ ! -f "$authorities" ] || set -- --cacert "$authorities" "$@"
    STATUS=$("$CURL" "$@" 2>"$RUN/problem")
    code=$?
    [ "$code" -eq 0 ] && return 0
    STATUS=000
    PROBLEM=$(one_line <"$RUN/problem")
    case $code in
        6 | 7) ;;
        60) PROBLEM="$PROBLEM (this server's clock says $(date -u '+%Y-%m-%d %H:%M') UTC)" ;;
        52 | 55 | 56) MAYBE_TAKEN=yes ;;
    esac
    # curl's 28 is also a connection that never came about.
    case $PROBLEM in *'Operation timed out'*) MAYBE_TAKEN=yes ;; esac
    return 0
}

# busybox's wget would show the token to ps and hide the text of a refusal, so the request is written by hand. Plain
# http only. HTTP/1.0, so that the answer is not chunked.
post_by_nc() {
    local host
    STATUS=000
    host=$(resolve "$API_HOST")
    if [ -z "$host" ]; then
        PROBLEM="its name $API_HOST cannot be resolved"
        return 0
    fi
    {
        printf 'POST %s HTTP/1.0\r\nHost: %s\r\n' "$API_PATH${1#"$API_URL"}" "$(host_and_port)"
        sed "s/\$/$(printf '\r')/" "$RUN/headers"
        printf 'Content-Length: %s\r\n\r\n' "$(wc -c <"$RUN/body" | tr -d ' ')"
        cat "$RUN/body"
    } >"$RUN/request"
    timeout "$POST_SECONDS" nc "$host" "$API_PORT" <"$RUN/request" 2>"$RUN/problem" | head -c 65536 | tr -d '\r' >"$RUN/reply"
    sed -n '1s/^HTTP\/1\.[01] \([0-9][0-9][0-9]\).*/\1/p' "$RUN/reply" >"$RUN/status"
    read -r STATUS <"$RUN/status" || STATUS=000
    sed '1,/^$/d' "$RUN/reply" >"$RUN/answer"
    if [ "$STATUS" = 000 ]; then
        PROBLEM="no answer; $(one_line <"$RUN/problem")"
        [ -s "$RUN/problem" ] || MAYBE_TAKEN=yes
    fi
}

host_and_port() {
    case $API_HOST in
        *:*) printf '[%s]:%s' "$API_HOST" "$API_PORT" ;;
        *) printf '%s:%s' "$API_HOST" "$API_PORT" ;;
    esac
}

# The reason inside Ironic's JSON within JSON, else the answer as it is.
answer_words() {
    local reason
    reason=$(head -c 4000 "$RUN/answer" | one_line | sed -n 's/.*faultstring[\\": ]*\([^"\\]*\).*/\1/p')
    [ -n "$reason" ] || reason=$(head -c 500 "$RUN/answer" | one_line)
    printf '%s' "${reason:-no reason given}"
}
