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

# What became of it: mended specs and test reports from CI, an exemption, a restore
# drill that people report and the platform team looks at, and campaigns that wait
# for approval, have ended, or begin next week.
publish_demo_work() {
    local ci platform pay name item version
    ci=$(demo_token demo-work)
    demo_mended payments-core pay-card-vault 8d21f07c44be \
        's/(generalChannelId: \w+)/$1, alertChannelId: C0V4U1T77/'
    demo_mended identity id-passkey 41c9ab3e5d02 \
        's/(generalChannelId: \w+)/$1, alertChannelId: C0PA55K3Y/'
    demo_mended identity id-sms-otp e7730b1f9c65 \
        's{/SendSms]}{/Send]}'
    for name in pay-payment-api pay-ledger pay-qr-code id-login platform-edge-gateway; do
        MDASH_URL=http://127.0.0.1:$port MDASH_TOKEN=$ci mdash report "$name" junit --no-ci \
            --commit "$(sha1sum <<<"$name" | cut -c1-12)" "$top/demo/items/junit.xml"
    done
    platform=$(demo_person demo-platform platform)
    pay=$(demo_person demo-payments payments-core)
    for name in restore-drill base-image repository-known runbook-linked; do
        sed "s/@DUE@/$(demo_day 45)/; s/@SOON@/$(demo_day 10)/" "$top/demo/items/$name.json" |
            demo_post "$platform" /api/v1/campaigns "201 409"
    done
    demo_post "$platform" /api/v1/campaigns/restore-drill/launch "200 409" </dev/null
    demo_post "$platform" /api/v1/campaigns/base-image/launch "202 409" </dev/null
    demo_post "$platform" /api/v1/campaigns/repository-known/launch "200 409" </dev/null
    demo_post "$platform" /api/v1/campaigns/repository-known/end "200 409" \
        <<<'{"state": "finished"}'
    demo_post "$platform" "/api/v1/campaigns/runbook-linked/launch?at=$(demo_day 7)T00:00:00Z" \
        "202 409" </dev/null

    local notes=https://wiki.kazamori.example/pay/restore
    demo_change "$pay" restore-drill pay-ledger \
        '{"state": "done", "evidence": "'$notes'/ledger", "comment": "43 minutes, all rows."}'
    demo_change "$platform" restore-drill pay-ledger '{"state": "done"}'
    demo_change "$pay" restore-drill pay-payment-api \
        '{"state": "done", "evidence": "'$notes'/payment-api"}'
    demo_change "$platform" restore-drill pay-card-vault '{"due": "'"$(demo_day -4)"'"}'
    demo_change "$pay" restore-drill pay-card-vault \
        '{"assignee": "user:admin", "comment": "The key ceremony comes first."}'
    demo_item "$pay" restore-drill pay-card-vault
    demo_change "$pay" restore-drill pay-card-gateway '{"state": "waiting", "waitsFor": '"$item"'}'
    demo_change "$pay" restore-drill pay-bank-connector '{"assignee": "user:admin"}'
    demo_change "$pay" restore-drill pay-qr-code \
        '{"state": "not_applicable", "reason": "It keeps no data."}'
    demo_change "$pay" test-report pay-card-vault '{"assignee": "user:admin"}'
    demo_change "$platform" alert-channel platform-ci-runner \
        '{"state": "exempt", "reason": "Moves to the build team next month.", "until": "'"$(demo_day 30)"'"}'
}

demo_day() {
    date -u -d "$1 days" +%F
}

# demo_person NAME TEAM: a token of this account, which is made if it is not there.
demo_person() {
    [[ $(mdash user list) == *"$1"* ]] ||
        mdash user create "$1" --team "$2" --random-password >/dev/null
    (umask 077 && mdash token create "$1-work" --kind personal --user "$1" \
        --scope todos:write) | grep -oE 'md[a-z]_[A-Za-z0-9_]+' | head -1
}

# demo_mended TEAM SERVICE COMMIT CHANGE: publishes the spec with a change by perl.
demo_mended() {
    awk -v id="serviceID: $2" '/^---/ { if (hit) exit; text = ""; next }
        { text = text $0 "\n" } $0 == id { hit = 1 } END { printf "%s", text }' \
        "$top/demo/specs/$1.yaml" | perl -pe "$4" >"$var/demo-spec.yaml"
    MDASH_URL=http://127.0.0.1:$port MDASH_TOKEN=$ci mdash publish --no-ci \
        --commit "$3" --branch main "$var/demo-spec.yaml"
}

# demo_item TOKEN CAMPAIGN SERVICE: sets item and version; empty when it is not open.
demo_item() {
    local answer
    answer=$(curl -sS --fail-with-body -H @<(printf 'Authorization: Bearer %s\n' "$1") \
        "http://127.0.0.1:$port/api/v1/todos?campaign=$2&service=$3&state=open")
    item=$(grep -oE '"id" *: *[0-9]+' <<<"$answer" | head -1 | tr -dc 0-9) || true
    version=$(grep -oE '"version" *: *[0-9]+' <<<"$answer" | head -1 | tr -dc 0-9) || true
}

# demo_change TOKEN CAMPAIGN SERVICE CHANGE: of its item. 409: it is so already.
demo_change() {
    local item version status
    demo_item "$1" "$2" "$3"
    [[ -n $item ]] || return 0
    status=$(curl -sS -X PATCH -d "$4" -o "$var/demo-answer.json" -w '%{http_code}' \
        -H @<(printf 'Authorization: Bearer %s\n' "$1") -H "If-Match: \"$version\"" \
        -H 'Content-Type: application/json' "http://127.0.0.1:$port/api/v1/todos/$item")
    [[ $status == 200 || $status == 409 ]] || {
        cat "$var/demo-answer.json"
        return 1
    }
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
