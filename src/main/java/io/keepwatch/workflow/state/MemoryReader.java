package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Database;
import io.keepwatch.workflow.engine.KeyState;
import io.keepwatch.workflow.engine.Memory;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts together what an engine has to know when it begins. */
final class MemoryReader {
    private MemoryReader() {}

    static Memory of(Database database, RuleSet rules, Function<Revision, Optional<RuleSet>> read, Instant now)
            throws SQLException {
        List<Run> open = RunRows.open(database);
        Map<String, RuleSet> revisions = new HashMap<>();
        for (Run run : open) {
            boolean other = !run.revision().equals(rules.revision().hash());
            if (other && !revisions.containsKey(run.revision())) {
                Revision revision = RunRows.revision(database, run.revision());
                if (revision.hash().equals(run.revision())) {
                    read.apply(revision).ifPresent(found -> revisions.put(run.revision(), found));
                }
            }
        }
        return new Memory(
                states(database, rules),
                open,
                revisions,
                lastTimes(database),
                Silences.after(database, now),
                accepted(database, now.minus(longestLimit(rules))));
    }

    private static Duration longestLimit(RuleSet rules) {
        return rules.rules().stream()
                .map(rule -> rule.maxRuns().per())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Runs since then, the oldest first. */
    private static List<Memory.Accepted> accepted(Database database, Instant since) throws SQLException {
        Deque<Memory.Accepted> accepted = new ArrayDeque<>();
        try (ResultSet row = database.statement("SELECT rule, key, created FROM run ORDER BY number DESC")
                .executeQuery()) {
            while (row.next() && row.getLong(3) >= since.toEpochMilli()) {
                accepted.addFirst(
                        new Memory.Accepted(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))));
            }
        }
        return List.copyOf(accepted);
    }

    private static Map<String, Map<String, KeyState>> states(Database database, RuleSet rules) throws SQLException {
        Map<String, String> hashes = rules.rules().stream()
                .filter(rule -> rule.mode() != Rule.Mode.OFF)
                .collect(Collectors.toMap(Rule::name, Rule::onHash));
        Map<String, Map<String, KeyState>> states = new HashMap<>();
        try (ResultSet row = database.statement("SELECT rule, key, trigger_hash, state FROM trigger_state")
                .executeQuery()) {
            while (row.next()) {
                String rule = row.getString(1);
                if (row.getString(3).equals(hashes.get(rule))) {
                    states.computeIfAbsent(rule, name -> new LinkedHashMap<>())
                            .put(row.getString(2), RecordJson.keyState(row.getString(4)));
                }
            }
        }
        return states;
    }

    private static Map<String, Instant> lastTimes(Database database) throws SQLException {
        Map<String, Instant> times = new HashMap<>();
        try (ResultSet row = database.statement("SELECT key, at FROM last_time").executeQuery()) {
            while (row.next()) {
                times.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
            }
        }
        return times;
    }
}
