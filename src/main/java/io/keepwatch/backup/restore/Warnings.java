package io.keepwatch.backup.restore;

import io.keepwatch.file.RawPath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers what could not be set, so that a million files give one sentence. Any thread. */
final class Warnings {
    private final Map<String, Kind> kinds = new TreeMap<>();

    /** {@code what} names the kind ("owner", "mode"); only the first path and reason of a kind are kept. */
    synchronized void add(String what, RawPath path, String reason) {
        kinds.merge(
                what, new Kind(path, reason, 1), (first, next) -> new Kind(first.path, first.reason, first.count + 1));
    }

    synchronized List<String> sentences() {
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue().sentence(kind.getKey()))
                .toList();
    }

    private record Kind(RawPath path, String reason, long count) {
        String sentence(String what) {
            String others = count == 1 ? "" : " and " + (count - 1) + " more";
            return what + " of \"" + path + "\"" + others + ": " + reason;
        }
    }
}
