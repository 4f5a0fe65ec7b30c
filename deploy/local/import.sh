#!/usr/bin/env bash
# Imports a file into the journal of the system that deploy/local/up.sh started.   import.sh FILE SOURCE
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
file=${1:?the file}
source=${2:?the configured name of the source}
env "OrderIngest__Sources__${source}__Format=csv" \
    Database__ConnectionString="Host=127.0.0.1;Database=in_store_orders;Username=in_store_orders;Password=in_store_orders" \
    dotnet "$root/.local/app/OrderIngest/OrderIngest.dll" import "$file" --source "$source"
