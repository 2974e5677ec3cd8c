# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Servers in the background. Each leads a session of its own and is recorded in
# $state/pids/NAME as "pid start": numbers are used again after a crash, the
# pair is not. Every server works in a folder under $state, which tells ours
# from those of another clone.

# started_at PID: start in clock ticks since boot; nothing when there is none.
started_at() {
    local stat field
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    read -ra field <<<"${stat##*) }"
    [[ ${field[0]} == Z ]] || printf '%s' "${field[19]}"
}

# ours PID: does this process work under our state folder?
ours() {
    local cwd
    cwd=$(readlink "/proc/$1/cwd" 2>/dev/null) || return 1
    [[ $cwd == "$state" || $cwd == "$state"/* ]]
}

# alive NAME: sets $pid
alive() {
    local start
    pid=
    { read -r pid start <"$state/pids/$1"; } 2>/dev/null || return 1
    [[ -n $start && $(started_at "$pid") == "$start" ]] && ours "$pid"
}

# launch NAME COMMAND...
launch() {
    local name=$1 pid log=$state/log/$1.log
    shift
    if [[ -n $(find "$log" -size +20M 2>/dev/null) ]]; then
        mv "$log" "$log.old"
    fi
    cd "$state/run" || die "no $state/run"
    # A background job ignores INT and QUIT; a server wants them.
    setsid env --default-signal=INT,QUIT "$@" \
        </dev/null >>"$log" 2>&1 9>&- &
    pid=$!
    cd "$top" || exit
    printf '%s %s\n' "$pid" "$(started_at "$pid")" >"$state/pids/$name"
}

# left_of NAME PID: what still runs in the session that PID led; PostgreSQL's
# processes lead sessions of their own but work in its data folder.
left_of() {
    local stat field each cwd
    for stat in /proc/[0-9]*/stat; do
        { read -r each <"$stat"; } 2>/dev/null || continue
        read -ra field <<<"${each##*) }"
        each=${stat//[!0-9]/}
        if [[ ${field[0]} == Z ]]; then
            continue
        elif [[ ${field[3]} == "$2" ]]; then
            ours "$each" || continue
        elif [[ $1 == postgres ]]; then
            cwd=$(readlink "/proc/$each/cwd" 2>/dev/null) || continue
            [[ $cwd == "$state/pg" ]] || continue
        else
            continue
        fi
        printf '%s\n' "$each"
    done
}

ended() { ! alive "$1"; }

# stop NAME SIGNAL: asks, waits, then kills what is left.
stop() {
    local name=$1 signal=$2 pid rest
    [[ -e $state/pids/$name ]] || return 0
    if alive "$name"; then
        kill -s "$signal" "$pid" 2>/dev/null || true
        wait_for 10 ended "$name" || say "$name does not stop: killed"
    fi
    read -r pid _ <"$state/pids/$name" || true
    rest=$(left_of "$name" "${pid:-0}")
    # shellcheck disable=SC2086
    [[ -z $rest ]] || kill -s KILL $rest 2>/dev/null || true
    rm -f "$state/pids/$name"
}

# After a crash: what a dead leader left behind would hold ports and sockets.
sweep() {
    local record name
    for record in "$state"/pids/*; do
        name=${record##*/}
        [[ -e $record ]] && ! alive "$name" || continue
        stop "$name" TERM
    done
}
