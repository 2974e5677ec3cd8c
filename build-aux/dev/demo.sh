# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The demo company, published through the same door as a company's CI uses.

# demo_token NAME
demo_token() {
    local made
    made=$(umask 077 && mdash token create "$1" --kind ci --scope ingest:write)
    grep -oE 'mdc_[A-Za-z0-9_]+' <<<"$made" | head -1
}

publish_demo() {
    local token
    token=$(demo_token demo)
    MDASH_TOKEN=$token mdash publish --full-set --publisher demo \
        "$top"/demo/specs/*.yaml
}

# Two revisions, so that there is a difference to look at. After the specs: the
# second one breaks things for services that have to be known by then.
publish_demo_apis() {
    local token
    token=$(demo_token demo-protos)
    publish_demo_set "$token" 0 3f6c1e08d2ab before
    publish_demo_set "$token" 1 b70d94e5c318
}

# publish_demo_set TOKEN SEQUENCE COMMIT [before]
publish_demo_set() {
    local token=$1 sequence=$2 commit=$3
    shift 3
    "$top/demo/compile.sh" "$var/demo.binpb" "$@"
    MDASH_TOKEN=$token mdash apis publish --no-ci --sequence "$sequence" \
        --commit "$commit" --branch main kazamori "$var/demo.binpb"
}
