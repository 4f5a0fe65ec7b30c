#!/usr/bin/env bash
# Posts one order to a running system and watches its journey until it is tracked. Prints what it does, so that each step can be typed by hand.
#   try.sh [receipt number]      addresses and key by environment: INGEST, JOURNEYS, API_KEY, JOURNEYS_API_KEY
set -euo pipefail
ingest=${INGEST:-http://127.0.0.1:8081}
journeys=${JOURNEYS:-http://127.0.0.1:8082}
receipt=${1:-$(date +%s)}
root=$(cd "$(dirname "$0")/../.." && pwd)
card=$(grep -m 1 ',active$' "$root/services/Quickstart/Sample/loyalty-members.csv" | cut -d , -f 1)
order=$(cat <<JSON
{ "source": "sample-pos", "storeId": "S012", "registerId": "2", "receiptNumber": "$receipt", "businessDate": "2026-11-20",
  "kind": "sale", "occurredAt": "2026-11-20T17:12:00+01:00", "currency": "EUR", "customer": { "loyaltyCard": "$card" },
  "lines": [ { "number": 1, "sku": "SHIRT-M-BLUE", "quantity": 2, "unitPrice": 19.95, "discount": 4.00, "total": 35.90 } ],
  "totals": { "gross": 35.90 } }
JSON
)
echo "POST $ingest/orders"
began=$(date +%s%N)
answer=$(curl -fsS "$ingest/orders" -H 'content-type: application/json' ${API_KEY:+-H "X-Api-Key: $API_KEY"} -d "$order")
echo "$answer"
id=$(sed -E 's/.*"orderId":"([^"]+)".*/\1/' <<< "$answer")
echo "GET $journeys/journeys/$id"
for _ in $(seq 1 100); do
    journey=$(curl -sS "$journeys/journeys/$id" ${JOURNEYS_API_KEY:+-H "X-Api-Key: $JOURNEYS_API_KEY"})
    state=$(sed -nE 's/.*"state":"([A-Za-z]+)".*/\1/p' <<< "$journey")
    [ "$state" = Tracked ] && break
    sleep 0.05
done
echo "$journey"
echo "${state:-no journey} after $((($(date +%s%N) - began) / 1000000)) ms"
[ "$state" = Tracked ]
