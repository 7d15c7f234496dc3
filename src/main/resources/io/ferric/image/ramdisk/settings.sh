# shellcheck shell=dash disable=SC2034 # the other parts read these
# What may be changed by the environment: by tests, or by NAME=value on the kernel's command line, which the kernel
# hands to init. A "look" comes every $PAUSE seconds.
: "${PAUSE:=0.5}"            # seconds between two looks at the same thing
: "${FLOPPY_LOOKS:=240}"     # looks for the floppy before the console complains the first time
: "${FLOPPY_LOOKS_AGAIN:=120}"   # looks between its further complaints
: "${NIC_LOOKS:=60}"         # looks for a network card
: "${LINK_LOOKS:=40}"        # looks for a link, and for an IPv6 address
: "${DHCP_ROUNDS:=6}"        # how often all network cards with a link are asked to find a DHCP server
: "${DISK_LOOKS:=60}"        # looks for any disk
: "${QUIET_LOOKS:=4}"       # looks in which no disk may appear or go before they are taken for all
: "${MATCH_LOOKS:=20}"       # and then for one that has the hints
: "${TARGET_LOOKS:=40}"      # looks for tgtd to answer, and to end
: "${POST_TRIES:=24}"        # calls of the conductor: a bit over five minutes
: "${POST_PAUSE:=1}"         # seconds before the second call; doubles up to POST_PAUSE_MOST
: "${POST_PAUSE_MOST:=15}"
: "${POST_SECONDS:=60}"      # seconds that one call may take
: "${CURL:=curl}"            # what does the calling; without it busybox does, for http only
: "${NOTIFY_PORT:=10000}"    # where "done" arrives
: "${STAY_SECONDS:=60}"      # seconds between repetitions of an error on the console

SYS=$FERRIC_ROOT/sys
DEV=$FERRIC_ROOT/dev
RUN=$FERRIC_ROOT/run/ferric
CONSOLE=$DEV/console
LOG=$RUN/log
FAULT=
