# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the parts of ./dev share: talking, timing, the place of the state, and
# the user that servers run as.

say() { printf '%s\n' "$*"; }

die() {
    printf 'dev: %s\n' "$*" >&2
    exit 1
}

# seconds FROM: time since $EPOCHREALTIME was FROM, as 1.2
seconds() {
    local us=$((${EPOCHREALTIME/./} - ${1/./}))
    printf '%d.%d' $((us / 1000000)) $((us / 100000 % 10))
}

# start_job COMMAND...: runs a function or program as a job of its own, so that
# Ctrl-C reaches this script at once and end_job can end all of it. Not to be
# used in a condition: there bash ignores `set -e` in everything it calls.
start_job() {
    set -m
    { set -e; "$@"; } </dev/null 9>&- &
    job=$!
    set +m
}

wait_job() {
    local status=0
    wait "$job" || status=$?
    job=
    return $status
}

end_job() {
    [[ -z $job ]] || kill -s TERM -- "-$job" 2>/dev/null || true
}

# step TEXT COMMAND...: a job with its output in a log; shows how long it took,
# or the end of the log when it failed.
step() {
    local text=$1 from=$EPOCHREALTIME
    shift
    printf '%-40s' "$text"
    start_job "$@" >"$var/step.log" 2>&1
    wait_job || {
        printf 'failed\n'
        tail -n 30 "$var/step.log" >&2
        die "$text failed; all of its output: $var/step.log"
    }
    printf '%6s s\n' "$(seconds "$from")"
}

# wait_for SECONDS COMMAND...: repeats the command until it succeeds.
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.03
    done
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        command -v sudo >/dev/null || die "needs root or sudo for: $*"
        sudo "$@"
    fi
}

# PostgreSQL refuses to run as root; then all servers run as its user.
as_server() {
    if ((EUID == 0)); then
        setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
    else
        "$@"
    fi
}

# Where the state lies: var/state, unless the servers' user cannot get there or
# the path is too long for a socket (107 bytes). Then it is a folder under
# /var/tmp that var/state links to.
choose_state() {
    local LC_ALL=C socket=$top/var/state/run/.s.PGSQL.5432 away # ${#socket} in bytes
    away=/var/tmp/mdash-$EUID-$(printf '%s' "$top" | cksum | cut -d' ' -f1)
    if [[ -L $var/state && ! ($(readlink "$var/state") == "$away" && -d $away) ]]; then
        rm "$var/state" # of a clone that this one was copied from, or swept away
    fi
    if [[ ! -e $var/state ]]; then
        mkdir -p "$var/state"
        if ((${#socket} > 107)) || ! as_server test -x "$var/state"; then
            rmdir "$var/state"
            mkdir -m 0755 "$away" 2>/dev/null || [[ -O $away && ! -L $away ]] ||
                die "$away belongs to somebody else"
            ln -s "$away" "$var/state"
            say "state is in $away: the servers cannot use a folder in here"
        fi
    fi
    find_state
    own pg run run/metrics log nginx proxy
    mkdir -p "$state/pids" "$state/done"
}

# own NAME...: folders in the state that the servers may write.
own() {
    local name
    for name; do
        mkdir -p "$state/$name"
        if ((EUID == 0)); then
            chown postgres:postgres "$state/$name"
        fi
    done
    chmod 0700 "$state/pg" "$state/run"
}

find_state() {
    state=$(realpath -qe "$var/state") || state=
}
