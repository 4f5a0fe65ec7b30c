#!/usr/bin/env bash
# Makes deploy/secrets, which docker-compose.yml hands to the containers as files: random passwords and keys, once. What is there already stays: a server
# that has kept its data knows the old password. Nothing of it belongs into version control.
#   deploy/make-secrets.sh                      for RabbitMQ
#   deploy/make-secrets.sh --azure-emulator     Bus__ConnectionString for the profile azure-emulator; without the option it is RabbitMQ's again
# For a service that runs in an editor, beside the profile infrastructure: Secrets__Directory=deploy/secrets/editor/OrderIngest
# For people: till-key, operator-key, api-key and erasure-key hold the keys of X-Api-Key; the services get their hashes.
set -euo pipefail
cd "$(dirname "$0")"
# Only the owner may look into the folder. The files themselves are readable, as they are mounted one by one to users that this machine does not know.
mkdir -p secrets
chmod 700 secrets
cd secrets
umask 022

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
# Writes standard input, unless there is something.
once() { if [ -s "$1" ]; then cat > /dev/null; else cat > "$1.new" && mv "$1.new" "$1"; fi; }
hash_of() { printf %s "$(cat "$1")" | sha256sum | cut -d ' ' -f 1; }

for name in postgres_password grafana_password till-key operator-key api-key erasure-key \
        Loyalty__ApiKey ProfileStore__SubscriptionKey Odp__ApiKey; do
    random | once "$name"
done

for service in order_ingest order_journey email_marketing profile_store_sender; do
    random | once "${service}_password"
    # Without "Gss Encryption Mode" Npgsql looks for a Kerberos library that the image has not, and complains.
    printf 'Host=postgres;Database=%s;Username=%s;Password=%s;Gss Encryption Mode=Disable' \
        "$service" "$service" "$(cat "${service}_password")" > "${service}_database"
done

random | once rabbitmq_password
printf 'default_user = in_store_orders\ndefault_pass = %s\ndefault_vhost = in-store-orders\n' "$(cat rabbitmq_password)" > rabbitmq.conf
: > Bus__AdministrationConnectionString
if [ "${1:-}" = --azure-emulator ]; then
    # SQL Server wants capitals, small letters and digits. Neither program reads a file: docs/decisions/0024.
    { echo -n Aa1; random; } | once emulator_password
    printf 'MSSQL_SA_PASSWORD=%s\n' "$(cat emulator_password)" > azure-emulator.env
    # The emulator's one key is public: its documentation says so.
    key='SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;'
    printf 'Endpoint=sb://servicebus-emulator;%s' "$key" > Bus__ConnectionString
    printf 'Endpoint=sb://servicebus-emulator:5300;%s' "$key" > Bus__AdministrationConnectionString
else
    printf 'amqp://in_store_orders:%s@rabbitmq:5672/in-store-orders' "$(cat rabbitmq_password)" > Bus__ConnectionString
fi

editor() {      # editor SERVICE [DATABASE]
    mkdir -p "editor/$1"
    printf 'amqp://in_store_orders:%s@127.0.0.1:%s/in-store-orders' "$(cat rabbitmq_password)" "${RABBITMQ_PORT:-5673}" > "editor/$1/Bus__ConnectionString"
    [ -z "${2:-}" ] || sed "s/^Host=postgres/Host=127.0.0.1;Port=${POSTGRES_PORT:-5433}/" "$2_database" > "editor/$1/Database__ConnectionString"
}
editor OrderIngest order_ingest
editor OrderJourney order_journey
editor EmailMarketing email_marketing
editor ProfileStoreSender profile_store_sender
editor CustomerResolution

hash_of api-key > Access__ApiKeyHashes__0
hash_of erasure-key > Access__ErasureKeyHashes__0
hash_of operator-key > OrderIngest__OperatorKeyHashes__0
hash_of till-key > OrderIngest__Sources__sample-pos__ApiKeyHash
cp api-key OrderIngest__Journeys__ApiKey
echo "deploy/secrets is complete."
