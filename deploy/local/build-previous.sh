#!/usr/bin/env bash
# Builds the services of the previous version (deploy/previous-version names its commit) out of the history, once: the test of a deployment runs them beside
# those of today. The last line printed is the folder of the programs.
set -euo pipefail
cd "$(dirname "$0")/../.."
commit=$(grep -vE '^(#|$)' deploy/previous-version)
programs=$PWD/.local/previous/$commit
mkdir -p .local/previous
exec 9> .local/previous/building
flock 9
if [ ! -d "$programs" ]; then
    # Anybody's checkout: who owns it does not matter for reading its history.
    git=(git -c "safe.directory=$PWD")
    if ! "${git[@]}" cat-file -e "$commit^{commit}"; then
        echo "Commit $commit of deploy/previous-version is not in this clone: git fetch --unshallow" >&2
        exit 1
    fi
    # Not below this checkout, whose settings would count.
    sources=$(mktemp -d)
    rm -rf "$programs.part"
    trap 'rm -rf "$sources"' EXIT
    "${git[@]}" archive "$commit" | tar -x -C "$sources"
    # What a build leaves running must not keep the lock.
    # Through the Quickstart, as deploy/local/build.sh does; not compiled ahead of time, which takes longer than it gains here.
    dotnet publish "$sources/services/Quickstart" -c Release -o "$programs.part" -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false \
        -p:GenerateDocumentationFile=false -v quiet -nologo -clp:ErrorsOnly >&2 9>&-
    # In one step: a folder that is there is whole.
    mv "$programs.part" "$programs"
fi
echo "$programs"
