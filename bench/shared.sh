# What the measurements of two processes have in common; sourced by them. Everything runs in a network of its own, with
# nothing in it but a loopback device, where that is allowed: its counters then tell of nothing else.
# shellcheck shell=bash

if [ -z "${BENCH_ALONE-}" ]; then
    for options in -n -rn; do
        if unshare $options ip link set lo up 2>/dev/null; then
            # shellcheck disable=SC2016 # expanded inside
            BENCH_ALONE=yes exec unshare $options sh -c 'ip link set lo up && exec "$@"' sh "$0" "$@"
        fi
    done
    echo 'no network of its own can be made here: bytes are those of the whole machine' >&2
fi

pids=()
end_all() { kill "${pids[@]}" 2>/dev/null || true; wait "${pids[@]}" 2>/dev/null || true; }
trap end_all EXIT

field() { sed -E "s/.*\"$1\":\"?([^\",}]*).*/\1/"; }
loopback_bytes() { awk '/^ *lo:/ { sub(/.*lo: */, ""); print $1 }' /proc/net/dev; }
now() { date +%s%N; }
peak() { # MiB that a process held at most; it, or the one it became
    awk '/VmHWM/ { printf "%d\n", $2 / 1024 }' "/proc/$1/status"
}

# Folders of 99 empty files each.
make_tree() { # where, folders
    mkdir -p "$1"
    local folder
    for folder in $(seq -w 0 $(($2 - 1))); do
        mkdir "$1/folder $folder"
        (cd "$1/folder $folder" && touch document-{001..099}.txt)
    done
}

# A line of the table that bench/run collects. A word of awk for the comparison: <= or >=.
row() { # figure, measured, word, aim, unit, reference
    awk -v what="$1" -v measured="$2" -v word="$3" -v aim="$4" -v unit="$5" -v reference="$6" 'BEGIN {
        reached = word == "<=" ? measured <= aim + 0 : measured >= aim + 0
        printf "| %s | %.2f %s | %s %s %s | %s | %s |\n", what, measured, unit, word == "<=" ? "at most" : "at least",
            aim, unit, reference, reached ? "reached" : "NOT reached" }'
}

serve() { # name; its process is the last of pids
    "$holdfast" --data "$work/$1" serve --bind 127.0.0.1:0 >"$work/$1.ready" 2>"$work/$1.log" &
    pids+=($!)
    for _ in $(seq 600); do [ -s "$work/$1.ready" ] && return; sleep 0.1; done
    echo "$1 does not serve" >&2; exit 1
}

event() { # kind: when it happened on b, empty when it did not
    "$holdfast" --data "$work/b" --json sync events --limit 1000 | tr '{' '\n' | grep "\"$1\"" | field time || true
}

# The first exchange of a folder's entries between two processes. Sets exchange_seconds (from the end of the pairing to
# the moment when all is there, by the taker's own events), exchange_bytes and exchange_peaks (of who gives and of who gets, MiB), and checks that
# both hold the same.
exchange() { # tree, entries
    "$holdfast" --data "$work/a" --json init --name a >/dev/null
    "$holdfast" --data "$work/b" --json init --name b >/dev/null
    serve a
    local process_a=$! idle
    idle=$(peak "$process_a")
    "$holdfast" --data "$work/a" --json location add "$1" --wait >/dev/null
    local scanned
    scanned=$(peak "$process_a")
    serve b
    local process_b=$! ticket began bytes begun ended there a b
    # asking again and again would take processor time from the two that are measured
    mkfifo "$work/b.events"
    timeout 900 grep -q -m1 '"backfill_ended"' "$work/b.events" &
    local over=$!
    "$holdfast" --data "$work/b" --json sync events --limit 1000 --follow >"$work/b.events" 2>/dev/null &
    pids+=($!)
    ticket=$("$holdfast" --data "$work/a" --json device invite --accept | field ticket)
    bytes=$(loopback_bytes)
    began=$(now)
    "$holdfast" --data "$work/b" --json device join "$ticket" --yes >/dev/null
    wait "$over" || { echo 'not over after 900 seconds' >&2; exit 1; }
    exchange_bytes=$(($(loopback_bytes) - bytes))
    ended=$(event backfill_ended)
    begun=$(event backfill_begun)
    exchange_seconds=$(awk -v from="$(date -d "$begun" +%s%N)" -v to="$(date -d "$ended" +%s%N)" 'BEGIN { print (to - from) / 1e9 }')
    exchange_peaks=("$(peak "$process_a")" "$(peak "$process_b")")
    there=$("$holdfast" --data "$work/b" --json status | field entries)
    [ "$there" -eq "$2" ] || { echo "only $there of $2 entries arrived" >&2; exit 1; }
    for _ in $(seq 20); do
        a=$("$holdfast" --data "$work/a" --json library hash | field hash)
        b=$("$holdfast" --data "$work/b" --json library hash | field hash)
        [ "$a" = "$b" ] && break
    done
    [ "$a" = "$b" ] || { echo 'library hashes DIFFER' >&2; exit 1; }
    kill "$process_a" "$process_b"
    wait "$process_a" "$process_b" 2>/dev/null || true
    printf '%d entries: %.1f s after a pairing of %.1f s, %.1f bytes for each on the wire, peak memory %d MiB (%d when it had started, %d after the scan) and %d MiB; hashes are equal\n' \
        "$2" "$exchange_seconds" "$(awk -v from="$began" -v to="$(date -d "$begun" +%s%N)" 'BEGIN { print (to - from) / 1e9 }')" \
        "$(awk -v b="$exchange_bytes" -v n="$2" 'BEGIN { print b / n }')" "${exchange_peaks[0]}" "$idle" "$scanned" "${exchange_peaks[1]}"
}
