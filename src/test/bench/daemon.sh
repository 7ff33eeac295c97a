# Sourced by benchmarks in the root of a checkout: builds, and runs a daemon of its own on $work/tree until the script ends.
work=$(mktemp -d -p "${TMPDIR:-/tmp}" keepwatch-bench-XXXXXX)
daemon=

start_daemon() { # a command before java, such as taskset
    "$@" "$java" "${flags[@]}" -jar target/keepwatch.jar run --config "$work/keepwatch.yml" > "$work/log" 2>&1 &
    daemon=$!
    for _ in $(seq 100); do
        curl -sf "http://127.0.0.1:$port/readyz" > /dev/null && break
        sleep 0.2
    done
}

stop_daemon() {
    [ -z "$daemon" ] || kill "$daemon" 2> /dev/null || true
    [ -z "$daemon" ] || wait "$daemon" || true
    daemon=
}

trap 'stop_daemon; rm -rf "$work"' EXIT
./mvnw -q -B -ntp -DskipTests -Dspotless.check.skip=true package
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
flags=(--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:-UsePerfData -Xmx256m -Xss512k)
port=$((20000 + RANDOM % 20000))
mkdir "$work/tree"
cat > "$work/keepwatch.yml" << END
host: bench
state: $work/state
roots: [{path: $work/tree, name: tree}]
http: {listen: "127.0.0.1:$port"}
END
chmod 600 "$work/keepwatch.yml"
