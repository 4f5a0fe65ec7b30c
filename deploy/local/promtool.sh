#!/usr/bin/env bash
# Prints where promtool is, which checks the alert rules: what is installed, or what this takes out of Debian's package of Prometheus once. The
# package is not installed: that would start a server.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
unpacked="$root/.local/promtool"
if command -v promtool; then exit 0; fi
if [ ! -x "$unpacked" ]; then
    command -v apt-get >/dev/null || { echo "promtool is missing: install it (https://prometheus.io/download) and put it on the PATH" >&2; exit 1; }
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    # apt hands its work to another user, who may write here.
    chmod 755 "$work"
    cd "$work"
    apt-get download -qq prometheus >&2 2>/dev/null || { apt-get update -qq >&2 && apt-get download -qq prometheus >&2; }
    dpkg -x prometheus_*.deb .
    mkdir -p "$root/.local"
    # Renamed into place: two of these at once do each other no harm.
    mv usr/bin/promtool "$unpacked.$$"
    mv "$unpacked.$$" "$unpacked"
fi
echo "$unpacked"
