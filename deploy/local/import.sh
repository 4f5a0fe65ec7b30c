#!/usr/bin/env bash
# Imports a file into the journal of the system that deploy/local/up.sh started.   import.sh FILE SOURCE [FORMAT]
# Other settings of the source come from the environment: OrderIngest__Sources__tills__TimeZone=Europe/Stockholm import.sh day.xml tills poslog
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
file=${1:?the file}
source=${2:?the configured name of the source}
format=${3:-csv}
env "OrderIngest__Sources__${source}__Format=$format" \
    Database__ConnectionString="Host=127.0.0.1;Database=in_store_orders;Username=in_store_orders;Password=in_store_orders" \
    dotnet "$root/.local/programs/OrderIngest.dll" import "$file" --source "$source"
