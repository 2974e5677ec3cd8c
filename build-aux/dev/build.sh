# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# From a bare Debian to built programs and page.

node_needed=20.19.0
node_pinned=22.23.3

missing_packages() {
    local group package wanted=() there
    while read -r group package; do
        [[ " $* " != *" $group "* ]] || wanted+=("$package")
    done < <(sed 's/#.*//' "$top/build-aux/packages")
    there=$(dpkg-query -W -f='${Package} ${Status}\n' "${wanted[@]}" 2>/dev/null) || true
    for package in "${wanted[@]}"; do
        [[ $'\n'$there$'\n' == *$'\n'"$package install ok installed"$'\n'* ]] ||
            printf '%s\n' "$package"
    done
}

# packages GROUP...: installs what is missing of these groups.
packages() {
    local missing from=$EPOCHREALTIME
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null ||
        die "install these yourself (this is no Debian): ${missing[*]}"
    say "installing ${#missing[@]} packages: ${missing[*]}"
    hold_services
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >"$var/apt.log" 2>&1 || {
        release_services
        tail -n 20 "$var/apt.log" >&2
        die "apt-get install failed; all of its output: $var/apt.log"
    }
    release_services
    printf '%-40s%6s s\n' "installed packages" "$(seconds "$from")"
}

# Debian starts servers as they are installed: an nginx on port 80 and a
# PostgreSQL cluster that nobody asked for. A policy file says no meanwhile.
policy=/usr/sbin/policy-rc.d
held=
hold_services() {
    [[ -e $policy ]] && return
    held=1
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
}

release_services() {
    [[ -z $held ]] || as_root rm -f "$policy"
    held=
}

# Puts a Node that the page's tools accept into PATH.
node_ready() {
    local found machine
    PATH=$var/node/bin:$PATH
    found=$(node -p process.versions.node 2>/dev/null) || found=0
    if [[ $(printf '%s\n' $node_needed "$found" | sort -V | head -1) != "$node_needed" ]]; then
        case $(uname -m) in
            x86_64) machine=x64 ;;
            aarch64) machine=arm64 ;;
            *) die "install Node $node_needed or newer" ;;
        esac
        command -v npm >/dev/null || packages page
        step "node $node_pinned" fetch_node "node-linux-$machine@$node_pinned"
    fi
}

fetch_node() {
    npm install --prefix "$var/npm" --no-save --no-audit --no-fund \
        --ignore-scripts "$1"
    mkdir -p "$var/node/bin"
    ln -sf "$var/npm/node_modules/${1%@*}/bin/node" "$var/node/bin/node"
    node --version
}

# page: builds web/dist when its sources changed.
page() {
    local sum
    # A release archive carries the page.
    [[ -e $top/MANIFEST && -e $top/web/dist/index.html ]] && return
    sum=$(page_sum)
    [[ -e $top/web/dist/index.html && $sum == "$(cat "$var/page.sum" 2>/dev/null)" ]] &&
        return
    page_tools
    step "page: build" npm --prefix "$top/web" run build
    printf '%s\n' "$sum" >"$var/page.sum"
}

# What building the page and testing it in a browser need.
page_tools() {
    command -v npm >/dev/null || packages page
    node_ready
    if [[ $top/web/package-lock.json -nt $top/web/node_modules/.package-lock.json ]]; then
        step "page: npm packages" npm --prefix "$top/web" ci --no-audit --no-fund
    fi
}

page_sum() {
    cd "$top"
    find web doc/*.yaml -type f -not -path '*/node_modules/*' \
        -not -path 'web/dist/*' -print0 |
        sort -z | xargs -0 sha256sum | sha256sum
}

# build FOLDER CONFIGURE-OPTION...
build() {
    local folder=$1 options
    shift
    options="$top $*"
    if [[ ! -e $top/configure ]]; then
        step "bootstrap" "$top/bootstrap"
    fi
    if [[ ! -e $folder/Makefile || $(cat "$folder/options" 2>/dev/null) != "$options" ]]; then
        rm -rf "$folder" # other options, or a clone that was copied or moved
        mkdir -p "$folder"
        step "configure" in_folder "$folder" "$top/configure" "$@"
        printf '%s\n' "$options" >"$folder/options"
    fi
    step "build" make -C "$folder" -j"$(nproc)"
}

in_folder() {
    cd "$1"
    shift
    "$@"
}
