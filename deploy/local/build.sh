#!/usr/bin/env bash
# Builds every service and every stand-in into .local/programs, compiled ahead of time as the images are: otherwise the first order waits seconds for
# code that is compiled on first use. Published through the Quickstart, which holds them all: what they share is compiled once, not seven times.
# Rules of style are the ordinary build's affair.
set -euo pipefail
cd "$(dirname "$0")/../.."
echo "Building ..."
dotnet publish services/Quickstart -c Release -o .local/programs --use-current-runtime --self-contained false -p:PublishReadyToRun=true \
    -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -v quiet -nologo -clp:ErrorsOnly
