#!/usr/bin/env bash
# Starts the whole system as separate processes on this machine: RabbitMQ and PostgreSQL where they are installed and not running, the two
# stand-ins, the five services. Prints ports and log files. deploy/local/down.sh ends what this started, and nothing else.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
state="$root/.local"
mkdir -p "$state/logs"
cd "$root"

if ls "$state"/*.pid >/dev/null 2>&1; then
    echo "Already up, or not ended cleanly: run deploy/local/down.sh first." >&2
    exit 1
fi

"$root/deploy/local/servers.sh" "$@" > "$state/servers-started"

vhost=in-store-orders
broker="amqp://guest:guest@127.0.0.1:5672/$vhost"
curl -fsS -u guest:guest -X PUT "http://127.0.0.1:15672/api/vhosts/$vhost" -H 'content-type: application/json' -d '{}'
curl -fsS -u guest:guest -X PUT "http://127.0.0.1:15672/api/permissions/$vhost/guest" -H 'content-type: application/json' \
    -d '{"configure":".*","write":".*","read":".*"}'
export PGPASSWORD=in_store_orders
on_postgres() { psql -h 127.0.0.1 -U in_store_orders -d postgres -qtAc "$1"; }
[ "$(on_postgres "SELECT 1 FROM pg_database WHERE datname = 'in_store_orders'")" = 1 ] || on_postgres "CREATE DATABASE in_store_orders"

"$root/deploy/local/build.sh"

# Each reads its own appsettings.json where it is started.
settings_of() { if [ -d "$root/services/$1" ]; then echo "$root/services/$1"; else echo "$root/tests/$1"; fi; }

# start NAME PORT KEY=VALUE ...
start() {
    local name=$1 port=$2
    shift 2
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        echo "Port $port, wanted by $name, is in use." >&2
        "$root/deploy/local/down.sh" >&2
        exit 1
    fi
    env ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS="http://127.0.0.1:$port" \
        Bus__Transport=RabbitMq Bus__ConnectionString="$broker" \
        Database__ConnectionString="Host=127.0.0.1;Database=in_store_orders;Username=in_store_orders;Password=in_store_orders" \
        "$@" \
        setsid env -C "$(settings_of "$name")" dotnet "$state/programs/$name.dll" > "$state/logs/$name.log" 2>&1 < /dev/null &
    echo $! > "$state/$name.pid"
}

start LoyaltyProviderStandIn 8091 StandIn__Members="$root/services/Quickstart/Sample/loyalty-members.csv"
start ProfileStoreStandIn 8092
start OdpStandIn 8093 StandIn__Identifiers__0=loyalty_card StandIn__OrderFields__0=store_id StandIn__OrderFields__1=in_store_order StandIn__OrderFields__2=exchange_order \
    StandIn__IdField=in_store_order
start OrderJourney 8082 Journey__Destinations__0=profile-store Journey__Destinations__1=odp
start OrderIngest 8081 \
    OrderIngest__Sources__sample-pos__Format=csv OrderIngest__Journeys__BaseAddress=http://127.0.0.1:8082
start CustomerResolution 8085 \
    Loyalty__BaseAddress=http://127.0.0.1:8091 Loyalty__ApiKey=stand-in-loyalty-key \
    Loyalty__Lookups__0__Path='customers?card={card}' Loyalty__Lookups__0__HoldersPath='$.items' Loyalty__Lookups__0__EmailPath='$.email' \
    Loyalty__Lookups__0__NamePath='$.name' Loyalty__Lookups__0__ExternalIdPath='$.customerId' \
    Loyalty__Lookups__0__StatusPath='$.status' Loyalty__Lookups__0__BlockedStatuses__0=blocked
start ProfileStoreSender 8084 \
    ProfileStore__BaseAddress=http://127.0.0.1:8092 ProfileStore__SubscriptionKey=local-trial-key ProfileStore__Scope=default \
    Odp__Enabled=true Odp__BaseAddress=http://127.0.0.1:8093 Odp__ApiKey=local-trial-key Odp__CardIdentifier=loyalty_card \
    Odp__OrderFields__store_id=StoreId Odp__OrderFields__in_store_order=OrderId Odp__OrderFields__exchange_order=ExchangeOrderId
start EmailMarketing 8083

ready() {
    for _ in $(seq 1 120); do
        curl -fsS -o /dev/null "http://127.0.0.1:$2/health/$3" 2>/dev/null && return 0
        kill -0 "$(cat "$state/$1.pid")" 2>/dev/null || break
        sleep 0.5
    done
    echo "$1 is not ready; the end of its log:" >&2
    tail -n 20 "$state/logs/$1.log" >&2
    curl -sS "http://127.0.0.1:$2/health/ready" >&2 || true
    return 1
}
printf '\n%-24s %-24s %s\n' "" address log
while read -r name port check; do
    ready "$name" "$port" "$check"
    printf '%-24s %-24s %s\n' "$name" "http://127.0.0.1:$port" ".local/logs/$name.log"
done <<'TABLE'
LoyaltyProviderStandIn 8091 live
ProfileStoreStandIn 8092 live
OdpStandIn 8093 live
OrderJourney 8082 ready
OrderIngest 8081 ready
CustomerResolution 8085 ready
ProfileStoreSender 8084 ready
EmailMarketing 8083 ready
TABLE
printf '\nEverything is up. Send an order:     deploy/local/try.sh\nImport the sample of 2,000 orders:    deploy/local/import.sh services/Quickstart/Sample/store-orders.csv sample-pos\nEnd what was started here:            deploy/local/down.sh\n'
