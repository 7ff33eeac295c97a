#!/usr/bin/env bash
# Measures rules with JMH and the daemon's own JVM flags: src/test/bench/rules.sh [DIRECTORY [OPTION OF JMH …]]
#   RulesBenchmark.events          events a second through 100 and 1,000 rules, one in a hundred matches
#   RulesBenchmark.load            milliseconds to load 1,000 rules
#   DurableRunsBenchmark.starts    runs that begin a second, each on the disk
#   DurableRunsBenchmark.firstStep milliseconds from an event to its first step
# Takes four minutes. state.db lies in a new folder below DIRECTORY (default: the temporary folder), which is removed; choose
# one on the disk that matters. For a first look: src/test/bench/rules.sh /tmp -f 1 -i 1 -wi 1 firstStep
set -euo pipefail
cd "$(dirname "$0")/../../.."
work=$(mktemp -d -p "${1:-${TMPDIR:-/tmp}}" keepwatch-bench-XXXXXX)
trap 'rm -rf "$work"' EXIT
shift "$(($# > 0 ? 1 : 0))"
[ "$#" -gt 0 ] || set -- '(Rules|DurableRuns)Benchmark'
./mvnw -q -B -ntp -DskipTests -Dspotless.check.skip=true package \
    dependency:build-classpath -Dmdep.outputFile=target/bench-classpath -Dmdep.includeScope=test
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/test-classes:target/classes:$(cat target/bench-classpath)" \
    org.openjdk.jmh.Main -jvmArgs "--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:-UsePerfData -Xmx256m -Xss512k -Djava.io.tmpdir=$work" \
    "$@"
