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

# What the platform team of the company asks of all others: by one of its members,
# over REST like any other campaign. Those that are there already stay as they are.
publish_demo_campaigns() {
    local token draft name due
    due=$(date -u -d '+45 days' +%F)
    [[ $(mdash user list) == *demo-platform* ]] ||
        mdash user create demo-platform --team platform --random-password >/dev/null
    token=$(umask 077 && mdash token create demo-campaigns --kind personal \
        --user demo-platform --scope todos:write | grep -oE 'md[a-z]_[A-Za-z0-9_]+' | head -1)
    for draft in "$top"/demo/campaigns/*.json; do
        name=$(basename "$draft" .json)
        sed "s/@DUE@/$due/" "$draft" | demo_post "$token" /api/v1/campaigns "201 409"
        demo_post "$token" "/api/v1/campaigns/$name/launch" "200 202 409" </dev/null
    done
}

# demo_post TOKEN PATH STATUSES: sends the standard input, as JSON.
demo_post() {
    local token=$1 path=$2 good=$3 status
    status=$(curl -sS -X POST --data-binary @- -o "$var/demo-answer.json" -w '%{http_code}' \
        -H @<(printf 'Authorization: Bearer %s\n' "$token") \
        -H 'Content-Type: application/json' "http://127.0.0.1:$port$path")
    [[ " $good " == *" $status "* ]] || {
        cat "$var/demo-answer.json"
        return 1
    }
}
