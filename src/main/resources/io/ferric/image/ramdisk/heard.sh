#!/bin/sh
# shellcheck shell=dash
# One connection to the notify port: makes the file $1 when the peer says "done". Others are left without an answer.
if [ "$(timeout 30 head -c 4)" = 'done' ]; then
    : >"$1"
fi
