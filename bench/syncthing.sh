# One instance of Syncthing (Debian's package) that neither finds nor reaches anything; sourced.
# shellcheck shell=bash
# shellcheck disable=SC2154 # work comes from bench/run

syncthing_pids=()
end_syncthing() { kill "${syncthing_pids[@]}" 2>/dev/null || true; wait "${syncthing_pids[@]}" 2>/dev/null || true; }

syncthing_ask() { # port, method, path, body
    curl -sf -X "$2" -H 'X-API-Key: bench' ${4:+-d "$4"} "http://127.0.0.1:$1/rest/$3"
}

syncthing_start() { # name, port of its interface, port for others
    syncthing generate --home="$work/$1" --no-default-folder --skip-port-probing >/dev/null 2>&1
    sed -i -E "s#<listenAddress>.*#<listenAddress>tcp4://127.0.0.1:$3</listenAddress>#;
        s#<address>127.0.0.1:8384</address>#<address>127.0.0.1:$2</address>#; s#<apikey>.*</apikey>#<apikey>bench</apikey>#;
        s#<(globalAnnounceEnabled|localAnnounceEnabled|relaysEnabled|natEnabled|crashReportingEnabled|startBrowser|announceLANAddresses)>true#<\1>false#;
        s#<urAccepted>.*</urAccepted>#<urAccepted>-1</urAccepted>#; s#<autoUpgradeIntervalH>.*</#<autoUpgradeIntervalH>0</#" "$work/$1/config.xml"
    syncthing serve --home="$work/$1" --no-browser --no-restart --no-upgrade >"$work/$1.log" 2>&1 &
    syncthing_pids+=($!)
    for _ in $(seq 600); do syncthing_ask "$2" GET system/ping >/dev/null && return; sleep 0.1; done
    echo "syncthing $1 does not start" >&2; exit 1
}

# files and folders known of all devices
syncthing_items() { # port
    syncthing_ask "$1" GET 'db/status?folder=bench' | tr -d ' \n' \
        | sed -E 's/.*"globalDirectories":([0-9]+).*"globalFiles":([0-9]+).*/\1 \2/' | awk '{ print $1 + $2 }'
}

syncthing_folder() { # port, path, type, watcher, devices
    syncthing_ask "$1" POST config/folders "{\"id\":\"bench\",\"path\":\"$2\",\"type\":\"$3\",\"rescanIntervalS\":0,\"fsWatcherEnabled\":$4,\"fsWatcherDelayS\":1,\"devices\":[$5]}"
}
