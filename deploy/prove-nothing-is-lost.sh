#!/usr/bin/env bash
# Proof that nothing is lost: starts the system with Docker Compose, scales two services to three, sends orders by HTTP and as files of an inbox, and meanwhile
# kills every container of it, one after the other, broker and database included. Then compares by key, for each destination, what was sent with what became
# of it. Exit code 0: the law holds, 1: it does not, 2: the proof could not be carried out. Takes about five minutes; what it started stays up.
#   deploy/prove-nothing-is-lost.sh [ORDERS]        2000 unless said; BUILD=--no-build takes the images that are there
# Docker, curl and the usual tools of a shell; addresses are asked of Docker.
set -euo pipefail
cd "$(dirname "$0")/.."
orders=${1:-2000}
outage=3        # seconds that a killed container stays away
patience=600    # seconds until everything must have settled
batch=20
run=$(date +%s)
work=$(mktemp -d)
feeder=
trap '[ -z "$feeder" ] || kill "$feeder" 2>/dev/null || true; rm -rf "$work"' EXIT

give_up() { echo "$*" >&2; exit 2; }
address_of() { docker compose port "$1" 8080; }
# rows DATABASE SQL: as lines of values with | between.
rows() { docker compose exec -T postgres psql -U postgres -d "$1" -qAt -c "$2"; }

# ---- the system
deploy/make-secrets.sh
docker compose up -d "${BUILD:---build}" --wait --scale customer-resolution=3 --scale profile-store-sender=3 || give_up "the system did not come up"
ingest="http://$(address_of order-ingest)"
profile_store="http://$(address_of profile-store-stand-in)"
odp="http://$(address_of odp-stand-in)"
printf 'X-Api-Key: %s\n' "$(cat deploy/secrets/till-key)" > "$work/key"

# ---- the orders: of ten, one names nobody, one a card that nobody has registered, one a blocked member, seven a member
grep ',active$' services/Quickstart/Sample/loyalty-members.csv | cut -d , -f 1 | sort | uniq -u > "$work/members"
grep ',blocked$' services/Quickstart/Sample/loyalty-members.csv | cut -d , -f 1 > "$work/blocked"
[ -s "$work/members" ] && [ -s "$work/blocked" ] || give_up "the sample has no members, or none that is blocked"
mkdir "$work/batches"
awk -v orders="$orders" -v batch="$batch" -v run="$run" -v to="$work/batches" -v members="$work/members" -v blocked="$work/blocked" '
    BEGIN {
        while ((getline line < members) > 0) member[m++] = line
        while ((getline line < blocked) > 0) away[b++] = line
        for (i = 0; i < orders; i++) {
            file = sprintf("%s/%05d.csv", to, int(i / batch))
            if (i % batch == 0)
                print "store_id,register_id,receipt_number,business_date,occurred_at,kind,currency,loyalty_card,total_gross,line_number,sku,quantity,unit_price,line_total" > file
            who = i % 10
            card = who == 0 ? "" : who == 1 ? sprintf("2988%08d", i) : who == 2 ? away[int(i / 10) % b] : member[i % m]
            printf "S%03d,1,%s-%06d,2026-11-20,2026-11-20T10:00:00Z,sale,EUR,%s,19.90,1,SKU-%d,2,9.95,19.90\n", i % 40, run, i, card, i % 300 > file
            if ((i + 1) % batch == 0) close(file)
        }
    }'
awk -F, 'FNR > 1 { print $3 "|" ($8 == "" ? "nobody" : $8 ~ /^2988/ ? "unknown" : "card") }' "$work"/batches/*.csv | sort > "$work/sent"

# Every batch again and again until it is taken: a till does no less. Every fourth goes into the inbox, with a marker behind it that says it is whole.
put() { timeout 30 docker compose cp "$1" "order-ingest:/inbox/$run-$2" > "$work/copied" 2>&1 || { tail -n 1 "$work/copied" >> "$work/refusals"; return 1; }; }
feed() {
    local number=0 file code
    for file in "$work"/batches/*.csv; do
        number=$((number + 1))
        if [ $((number % 4)) = 0 ]; then
            : > "$work/empty"
            until put "$file" "$(basename "$file")" && put "$work/empty" "$(basename "$file").done"; do sleep 1; done
        else
            while true; do
                code=$(curl -sS -o "$work/answer" -w '%{http_code}' --max-time 20 -H "@$work/key" -H 'Content-Type: text/csv' --data-binary "@$file" "$ingest/orders/batch" 2>> "$work/refusals" || true)
                [ "$code" = 200 ] && break
                echo "$code" >> "$work/refusals"
                sleep 0.5
            done
            grep -q '"rejected":0' "$work/answer" && grep -q '"conflicts":0' "$work/answer" || { cp "$work/answer" "$work/wrong"; return 1; }
        fi
        echo "$number" > "$work/fed"
        sleep 1
    done
}
echo 0 > "$work/fed"
: > "$work/refusals"
feed &
feeder=$!

# ---- every container once
healthy() {
    local state
    for _ in $(seq 1 240); do
        state=$(docker inspect -f '{{.State.Status}} {{.State.Health.Status}}' "$1")
        [ "$state" = "running healthy" ] && return 0
        sleep 0.5
    done
    give_up "$2 is $state two minutes after it was started again"
}
kills=0
for service in order-ingest customer-resolution profile-store-sender order-journey email-marketing rabbitmq postgres; do
    for container in $(docker compose ps -q "$service"); do
        name=$(docker inspect -f '{{.Name}}' "$container")
        kill -0 "$feeder" 2>/dev/null || echo "(all orders are sent already)"
        printf '%-44s killed when %4d orders were sent' "${name#/}" $(($(cat "$work/fed") * batch))
        docker kill "$container" > /dev/null
        kills=$((kills + 1))
        sleep "$outage"
        docker start "$container" > /dev/null
        began=$SECONDS
        healthy "$container" "$name"
        echo ", healthy again after $((outage + SECONDS - began)) s"
    done
done
for _ in $(seq 1 600); do kill -0 "$feeder" 2>/dev/null || break; sleep 0.5; done
kill -0 "$feeder" 2>/dev/null && give_up "not all orders were taken five minutes after the last container came back: $(tail -n 1 "$work/refusals")"
wait "$feeder" || give_up "an order was rejected: $(cat "$work/wrong" 2>/dev/null)"
feeder=
echo "All $orders orders are sent; requests and copies that had to be repeated: $(grep -c . "$work/refusals" || true)"

# ---- until nothing is under way
look() {
    rows order_ingest "SELECT order_id, receipt_number FROM order_ingest.orders WHERE receipt_number LIKE '$run-%'" > "$work/journal"
    rows order_journey "SELECT order_id, state FROM order_journey.journeys" > "$work/all-journeys"
    awk -F'|' 'NR == FNR { mine[$1] = 1; next } $1 in mine' "$work/journal" "$work/all-journeys" > "$work/journeys"
    rows profile_store_sender "SELECT order_id, destination, state, uncertain, track_id FROM profile_store_sender.deliveries" > "$work/ledger"
    for destination in profile-store odp; do
        base=$profile_store
        if [ "$destination" = odp ]; then base=$odp; fi
        curl -fsS --max-time 20 "$base/stand-in/times" | tr '{},' '\n\n\n' | sed -nE "s/\"([0-9a-f-]{36})\":([0-9]+)/$destination|\1|\2/p"
    done > "$work/held"
}
# judge: one line per destination with its counts, and a line for each order that broke the law. Reads what look has written.
judge() {
    awk -F'|' -v orders="$orders" '
        FILENAME ~ /sent$/ { kind[$1] = $2; next }
        FILENAME ~ /journal$/ { journaled[$2] = $1; mine[$1] = 1; next }
        FILENAME ~ /journeys$/ { journey[$1] = $2; next }
        FILENAME ~ /ledger$/ { ledger[$1, $2] = $3; unsure[$1, $2] = $4; track[$1, $2] = ($2 == "odp" ? $1 : $5); next }
        { held[$1, $2] = $3 }
        END {
            split("profile-store odp", destinations, " ")
            for (receipt in kind) {
                id = journaled[receipt]
                if (id == "") { print "LOST", receipt, "sent, and not in the journal"; bad++; continue }
                accepted++
                state = journey[id]
                if (state == "") { print "LOST", receipt, "in the journal, without a journey"; bad++; continue }
                if (state ~ /^(Received|Resolved|Initial)$/) underway++
                # Whoever is known must not be left waiting once everything is up again.
                else if (kind[receipt] == "card" && state ~ /^(AwaitingCustomer|Unidentified)$/) underway++
                for (d = 1; d in destinations; d++) {
                    to = destinations[d]
                    row = ledger[id, to]
                    times = held[to, track[id, to]] + 0
                    if (row == "accepted" && times == 0) { print "LOST", receipt, "accepted by " to ", which does not have it"; bad++ }
                    if (times > 1 + unsure[id, to]) { print "DOUBLED", receipt, to " has it " times " times"; bad++ }
                    if (times > 1) repeated[to]++
                    if (row == "accepted") delivered[to]++
                    else if (row == "suppressed" || (row == "" && state == "Suppressed")) suppressed[to]++
                    else if (row == "refused" || (row != "sending" && state == "NeedsAttention")) failed[to]++
                    else if ((row == "" || row == "unavailable") && state ~ /^(AwaitingCustomer|Unidentified)$/) parked[to]++
                    else if (state == "Tracked") { print "LOST", receipt, "tracked by its journey, and " (row == "" ? "not in the ledger" : row) " at " to; bad++ }
                    else open[to]++
                }
            }
            for (d = 1; d in destinations; d++) {
                to = destinations[d]
                printf "%-14s accepted %d = delivered %d + parked %d + suppressed %d + failed %d", to, accepted, delivered[to], parked[to], suppressed[to], failed[to]
                printf "   (under way %d; held more than once after a lost reply, and counted: %d)\n", open[to], repeated[to]
                if (accepted != delivered[to] + parked[to] + suppressed[to] + failed[to]) bad++
            }
            if (accepted != orders) { print "accepted " accepted + 0 " of " orders; bad++ }
            print (bad || underway ? "broken or unfinished: " bad + 0 " findings, " underway + 0 " orders under way" : "holds")
        }' "$work/sent" "$work/journal" "$work/journeys" "$work/ledger" "$work/held"
}
began=$SECONDS
while true; do
    look
    verdict=$(judge)
    [ "$(tail -n 1 <<< "$verdict")" = holds ] && break
    [ $((SECONDS - began)) -lt "$patience" ] || break
    sleep 5
done

echo
echo "$kills containers killed, $orders orders sent; settled after $((SECONDS - began)) s:"
cut -d '|' -f 2 "$work/journeys" | sort | uniq -c | awk '{ printf "  journeys %-18s %d\n", $2, $1 }'
head -n 60 <<< "$verdict"
[ "$(tail -n 1 <<< "$verdict")" = holds ] || { echo "The law is broken."; exit 1; }
echo "The law holds. docker compose down -v ends what was started."
