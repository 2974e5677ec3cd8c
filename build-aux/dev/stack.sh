# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# PostgreSQL, nginx, the handlers and the worker from the installed tree.

areas=(auth services apis todos jobs ingest)

pg_bin() {
    local newest
    newest=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -1)
    [[ -x $newest/initdb ]] || die "PostgreSQL's server is not installed"
    printf '%s' "$newest"
}

superuser() { if ((EUID == 0)); then echo postgres; else id -un; fi; }

conninfo() { printf 'host=%s/run dbname=%s user=%s' "$state" "$1" "$2"; }

super_psql() {
    psql -XqAt -v ON_ERROR_STOP=1 -d "$(conninfo "${db:-postgres}" "$(superuser)")" "$@"
}

# The installed layout; files that did not change keep their time.
install_tree() {
    local page=$state/tree/share/mdash/page
    if ! cmp -s "$top/web/dist/index.html" "$page/index.html"; then
        rm -rf "$page" # or assets of older pages would gather
    fi
    make -s -C "$var/build" tree TREE="$state/tree"
}

start_postgres() {
    local owner connections=$((2 * $(nproc) * ${#areas[@]} + 60))
    alive postgres && return
    if [[ ! -e $state/pg/PG_VERSION ]]; then
        find "$state/pg" -mindepth 1 -delete # of an initdb that was cut off
        as_server "$(pg_bin)/initdb" -D "$state/pg" -A trust -E UTF8 \
            --locale=C.UTF-8 -U "$(superuser)" || {
            find "$state/pg" -mindepth 1 -delete
            return 1
        }
    fi
    # After a crash its lock files name a process that is gone, or is somebody
    # else's by now; PostgreSQL would not start.
    owner=$(head -n 1 "$state/pg/postmaster.pid" 2>/dev/null) || true
    if [[ -n $owner ]] && ! ours "$owner"; then
        rm -f "$state/pg/postmaster.pid" "$state"/run/.s.PGSQL.*
    fi
    launch_as_server postgres "$(pg_bin)/postgres" -D "$state/pg" \
        -c listen_addresses= -k "$state/run" -c TimeZone=UTC -c jit=off \
        -c max_connections=$connections -c shared_buffers=128MB
    wait_for 60 postgres_up_or_dead || true
    super_psql -c 'SELECT 1' >/dev/null || {
        tail -n 10 "$state/log/postgres.log"
        return 1
    }
}

postgres_up_or_dead() {
    super_psql -c 'SELECT 1' >/dev/null 2>&1 || ! alive postgres
}

migrate() {
    super_psql -f "$state/tree/share/mdash/sql/roles.sql"
    if [[ -z $(super_psql -c "SELECT 1 FROM pg_database WHERE datname = 'mdash'") ]]; then
        super_psql -c 'CREATE DATABASE mdash OWNER mdash_owner'
    fi
    "$state/tree/bin/mdash-migrate" --database "$(conninfo mdash mdash_owner)" \
        --sql "$state/tree/share/mdash/sql"
}

# Writes mdash.conf and nginx's files; unchanged ones keep their time.
configure_stack() {
    local share=$state/tree/share/mdash
    cat >"$state/mdash.conf.new" <<CONF
database = $(conninfo mdash mdash_app)
run_dir = $state/run
metrics_dir = $state/run/metrics
public_origin = http://127.0.0.1:$port
nginx_internal = $state/run/internal.sock
CONF
    cmp -s "$state/mdash.conf.new" "$state/mdash.conf" ||
        cp "$state/mdash.conf.new" "$state/mdash.conf"
    rm "$state/mdash.conf.new"
    "$share/nginx/render" --out "$state/nginx" --listen "127.0.0.1:$port" \
        --run "$state/run" --page "$share/page" --schemas "$share/schemas" \
        --state "$state/proxy" --origin "http://127.0.0.1:$port"
}

# The environment of a program; only auth may read credentials.
settings_of() {
    printf 'MDASH_CONFIG=%s\n' "$state/mdash.conf"
    if [[ $1 == auth || $1 == mdash ]]; then
        printf 'MDASH_DATABASE=%s\n' "$(conninfo mdash mdash_auth)"
    fi
}

# multiwatch starts a process anew however it ended: -t 0 forgets each try. It
# takes only ASCII, so the program's path is relative to where launch is.
watched() {
    local name=$1 count=$2
    printf '%s\n' "$(command -v multiwatch)" -f "$count" -s TERM -t 0 -r 1000000 -- \
        "../tree/libexec/mdash/mdash-$name"
}

start_handlers() {
    local name env command
    for name in "${areas[@]}" worker; do
        alive "$name" && continue
        mapfile -t env < <(settings_of "$name")
        if [[ $name == worker ]]; then
            mapfile -t command < <(watched worker 1)
        else
            mapfile -t command < <(printf '%s\n' spawn-fcgi -n -b 1024 -M 0660 \
                -s "$state/run/$name.sock" -- && watched "$name" $((2 * $(nproc))))
        fi
        launch_as_server "$name" env "${env[@]}" "${command[@]}"
    done
}

start_nginx() {
    alive nginx && return
    rm -f "$state/run/internal.sock" # nginx leaves it, then cannot bind it
    launch_as_server nginx "$(nginx_program)" -p "$state/proxy" \
        -c "$state/nginx/nginx.conf" -e stderr -g 'daemon off;'
}

nginx_program() { PATH=$PATH:/usr/sbin command -v nginx; }

# launch_as_server NAME COMMAND...
launch_as_server() {
    local name=$1
    shift
    if ((EUID == 0)); then
        launch "$name" setpriv --reuid=postgres --regid=postgres \
            --init-groups -- "$@"
    else
        launch "$name" "$@"
    fi
}

ready() {
    curl -fsS -m 2 -o /dev/null --unix-socket "$state/run/internal.sock" \
        "http://internal/ready/$1" 2>/dev/null
}

ready_or_dead() { ready "$1" || ! alive "$1" || ! alive nginx; }

wait_ready() {
    local area name
    for area in "${areas[@]}"; do
        wait_for 20 ready_or_dead "$area" || true
        ready "$area" && continue
        for name in "$area" nginx; do
            printf '\nthe end of the log of %s:\n' "$name"
            tail -n 8 "$state/log/$name.log"
        done
        printf '\n%s does not answer\n' "$area"
        return 1
    done
    alive worker
}

start_stack() {
    start_handlers
    start_nginx
    wait_ready
    touch "$state/started"
}

# Has anything been installed or configured since the stack was started?
changed() {
    [[ ! -e $state/started ]] ||
        [[ -n $(find "$state/tree" "$state/nginx" "$state/mdash.conf" -type f \
            -newer "$state/started" -print -quit) ]]
}

all_alive() {
    local name
    for name in nginx "${areas[@]}" worker; do
        alive "$name" || return
    done
}

stop_stack() {
    local name
    stop nginx QUIT
    for name in "${areas[@]}" worker; do
        stop "$name" TERM
    done
    rm -f "$state/started"
}

stop_all() {
    stop_stack
    stop postgres INT
}

port_in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

no_port() { die "--port wants a number from 1 to 65535"; }

check_port() {
    local first
    [[ $port =~ ^[1-9][0-9]{0,4}$ ]] && ((port < 65536)) || no_port
    first=$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start 2>/dev/null) || first=1024
    ((port >= first)) ||
        die "port $port is for programs of root, which mdash is none of; take one from $first on"
    alive nginx && [[ $port == "$(cat "$state/port" 2>/dev/null)" ]] && return
    if port_in_use "$port"; then
        die "port $port is in use by another program; try: ./dev up --port $((port + 1))"
    fi
}

mdash() {
    local env
    [[ -x $state/tree/bin/mdash ]] || die "not built yet; ./dev up"
    # The doctor looks at what only the other programs may read.
    mapfile -t env < <(settings_of "$([[ ${1-} == doctor ]] && echo worker || echo mdash)")
    env "${env[@]}" MDASH_URL="http://127.0.0.1:$(cat "$state/port" 2>/dev/null)" \
        "$state/tree/bin/mdash" "$@"
}
