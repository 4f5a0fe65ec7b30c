#!/usr/bin/env bash
# The test command: installs RabbitMQ and PostgreSQL from Debian's packages where they are missing and it may, builds, checks the formatting, runs
# every test project one after the other, and closes with the line "N passed, N failed".
#   tests/run.sh [NAME ...]      only the test projects whose name contains one of these words
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
# Without profile-guided tiers, as the services run: nothing here runs long enough to win back what they cost.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0
# One compiler for the whole run, also where builds start one per project: a build takes 84 s instead of 191. It ends with the run.
export UseSharedCompilation=true SharedCompilationId=tests-$$
trap 'pkill -f -- "-pipename:$SharedCompilationId"; rm -f "${TMPDIR:-/tmp}/$SharedCompilationId"' EXIT
passed=0 failed=0
finish() { echo; echo "$passed passed, $failed failed"; [ "$failed" = 0 ]; exit $?; }

# A server that is missing and cannot be started fails the tests that need it; nothing is skipped.
deploy/local/servers.sh --install >/dev/null || { echo "RabbitMQ and PostgreSQL could not be started"; failed=$((failed + 1)); }

if ! dotnet build Microservices.sln -c Release -v quiet -nologo -clp:ErrorsOnly; then
    echo "The build failed"
    failed=$((failed + 1))
    finish
fi
if [ $# = 0 ]; then
    # Blanks and line ends; rules of style are the build's affair, the order of imports Structure.Tests'.
    if dotnet format whitespace . --folder --verify-no-changes -v quiet; then
        passed=$((passed + 1))
    else
        echo "Formatting differs: dotnet format Microservices.sln"
        failed=$((failed + 1))
    fi
fi

# What runs as a process of its own is compiled ahead of time, as in the images.
if deploy/local/build.sh > /dev/null; then
    export TEST_PROGRAMS=$root/.local/programs
else
    echo "deploy/local/build.sh failed"
    failed=$((failed + 1))
    finish
fi

wanted() {
    [ $# = 1 ] && return 0
    local name=$1 word
    shift
    for word in "$@"; do case $name in *"$word"*) return 0 ;; esac; done
    return 1
}
log_of() { echo "tests/$1/bin/Release/$1.log"; }

# play NAME: runs one test project; what it says goes to its log, how it ended behind it.
play() {
    local log began=$SECONDS
    log=$(log_of "$1")
    timeout -k 10 900 "tests/$1/bin/Release/net10.0/$1" -noColor -xml "${log%.log}.xml" > "$log" 2>&1
    echo "$? $((SECONDS - began))" > "$log.end"
}

# count NAME: adds up what a project came to.
count() {
    local log status took total all errors bad skipped notrun good
    log=$(log_of "$1")
    read -r status took < "$log.end"
    total=$(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+), Not Run: ([0-9]+).*/\1 \2 \3 \4 \5/p' "$log" | tail -n 1)
    if [ -z "$total" ]; then
        echo "$1 ended with $status and without a summary:"
        tail -n 40 "$log"
        failed=$((failed + 1))
        return
    fi
    read -r all errors bad skipped notrun <<< "$total"
    bad=$((errors + bad + skipped + notrun))
    [ "$status" != 0 ] && [ "$bad" = 0 ] && bad=1
    good=$((all > bad ? all - bad : 0))
    passed=$((passed + good))
    failed=$((failed + bad))
    printf '%-36s %5d passed %4d failed %5d s\n' "$1" "$good" "$bad" "$took"
    if [ "$bad" -gt 0 ]; then grep -A 30 -E '\[(FAIL|SKIP)\]|^ *Error' "$log" | head -n 150; fi
}

# A program that mostly waits for its servers leaves a processor to another: two at a time, the longest first. Who starts a whole system has the machine alone.
longest=(OrderIngest.Tests ProfileStoreSender.Tests OrderJourney.Tests CustomerResolution.Tests EmailMarketing.Tests) alone=(EndToEnd.Tests FaultLab.Tests)
two=()
for name in "${longest[@]}" $(cd tests && ls -d -- *.Tests); do
    case " ${two[*]} ${alone[*]} " in *" $name "*) continue ;; esac
    wanted "$name" "$@" && two+=("$name")
done
# The previous version, which runs beside this one in a test: built from what the others leave of the processors, and only then is the machine somebody's alone.
if wanted EndToEnd.Tests "$@"; then nice -n 19 deploy/local/build-previous.sh > .local/previous.log 2>&1 & fi
export -f play log_of
if [ "${#two[@]}" -gt 0 ]; then printf '%s\n' "${two[@]}" | xargs -P 2 -n 1 bash -c 'play "$1"' play; fi
for name in "${two[@]}"; do count "$name"; done
# Had it failed, the test would say why.
wait

# Services live for seconds here: what they compile a second time, optimised, would be a quarter of all processor time and is never won back. Who sends
# thousands of orders through them says otherwise.
export DOTNET_TC_CallCounting=0
played=${#two[@]}
for name in "${alone[@]}"; do
    wanted "$name" "$@" || continue
    play "$name"
    count "$name"
    played=$((played + 1))
done
if [ "$played" = 0 ]; then
    echo "No test project has any of these words in its name: $*"
    failed=$((failed + 1))
fi
finish
