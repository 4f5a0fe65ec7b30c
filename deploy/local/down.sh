#!/usr/bin/env bash
# Ends what deploy/local/up.sh started: the services and stand-ins, and RabbitMQ and PostgreSQL only if it started them. Data stays.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
state="$root/.local"

for file in "$state"/*.pid; do
    [ -e "$file" ] || continue
    name=$(basename "$file" .pid)
    pid=$(cat "$file")
    # Another process may have got the number meanwhile.
    if tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null | grep -q "$name.dll"; then
        kill -TERM "$pid" 2>/dev/null
        for _ in $(seq 1 60); do kill -0 "$pid" 2>/dev/null || break; sleep 0.5; done
        kill -KILL "$pid" 2>/dev/null && echo "$name did not stop within 30 s and was killed."
    fi
    rm -f "$file"
done

if [ -e "$state/servers-started" ]; then
    export PATH="$PATH:/usr/sbin"
    if grep -q rabbitmq "$state/servers-started"; then timeout -k 5 60 rabbitmqctl -q stop; fi
    if grep -q postgresql "$state/servers-started"; then
        # shellcheck disable=SC2046
        timeout -k 5 60 pg_ctlcluster --skip-systemctl-redirect $(pg_lsclusters -h | awk '{ print $1, $2; exit }') stop -m fast
    fi
    rm -f "$state/servers-started"
fi
echo "Ended."
