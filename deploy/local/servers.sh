#!/usr/bin/env bash
# Starts RabbitMQ and PostgreSQL on this machine where they are installed and not running, with the management API on and the role
# in_store_orders present. Says which of the two it started, one word per line, so that a caller can end only those.
#   servers.sh [--install]     --install: apt-get the Debian packages first where they are missing
set -euo pipefail

as_postgres() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$1"; else sudo -u postgres sh -c "$1"; fi; }
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
wait_for() { for _ in $(seq 1 120); do listens "$1" && return 0; sleep 0.5; done; echo "$2 does not listen on port $1 after 60 s" >&2; return 1; }

if [ "${1:-}" = --install ]; then
    missing=()
    command -v rabbitmq-server >/dev/null || [ -x /usr/sbin/rabbitmq-server ] || missing+=(rabbitmq-server)
    command -v pg_ctlcluster >/dev/null || missing+=(postgresql)
    command -v curl >/dev/null || missing+=(curl)
    if [ ${#missing[@]} -gt 0 ]; then
        echo "installing ${missing[*]}" >&2
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"; } >/dev/null
    fi
fi

export PATH="$PATH:/usr/sbin"
if ! listens 5672; then
    command -v rabbitmq-server >/dev/null || { echo "RabbitMQ is not installed: apt-get install rabbitmq-server" >&2; exit 1; }
    rabbitmq-server -detached >/dev/null 2>&1
    echo rabbitmq
fi
wait_for 5672 RabbitMQ
if ! listens 15672; then
    rabbitmq-plugins enable rabbitmq_management >/dev/null
    wait_for 15672 "RabbitMQ's management API"
fi

if ! listens 5432; then
    command -v pg_ctlcluster >/dev/null || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
    cluster=$(pg_lsclusters -h | awk '{ print $1, $2; exit }')
    # shellcheck disable=SC2086
    pg_ctlcluster --skip-systemctl-redirect $cluster start >/dev/null
    echo postgresql
fi
wait_for 5432 PostgreSQL
# Without compiled statements, as in deploy/postgres: of tables nobody has counted yet the planner expects much, and compiles for longer than they run.
as_postgres "psql -qtc \"SELECT 1 FROM pg_roles WHERE rolname = 'in_store_orders'\"" | grep -q 1 ||
    as_postgres "psql -qc \"CREATE ROLE in_store_orders LOGIN CREATEDB PASSWORD 'in_store_orders'\" -c 'ALTER ROLE in_store_orders SET jit = off'" >/dev/null
# An autovacuum worker in a database is nobody's: only who may signal it can drop the database under it.
as_postgres "psql -qc 'SET client_min_messages = warning; GRANT pg_signal_backend TO in_store_orders'" >/dev/null
