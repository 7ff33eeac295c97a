package io.keepwatch.catalog;

import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the catalog should hold, as plain lists: rows of each path and nothing clever. */
final class CatalogModel {
    static final class Row {
        final long id;
        final long queued;
        final FileVersion version;
        final int attempts;
        final Instant notBefore;

        Row(long id, long queued, FileVersion version, int attempts, Instant notBefore) {
            this.id = id;
            this.queued = queued;
            this.version = version;
            this.attempts = attempts;
            this.notBefore = notBefore;
        }
    }

    static final class History {
        @Nullable
        Row pending;

        @Nullable
        Row uploading;

        @Nullable
        Row current;

        final List<Row> durable = new ArrayList<>();

        Optional<FileVersion> newestKnown() {
            return Stream.of(Optional.ofNullable(pending), Optional.ofNullable(uploading), Optional.ofNullable(current))
                    .flatMap(Optional::stream)
                    .map(row -> row.version)
                    .findFirst();
        }

        Optional<FileVersion> live() {
            return newestKnown().filter(version -> !version.isDeletion());
        }

        Optional<Row> at(Instant time) {
            return durable.stream()
                    .filter(row -> !row.version.observed().isAfter(time))
                    .max(Comparator.comparing((Row row) -> row.version.observed())
                            .thenComparing(row -> row.id));
        }
    }

    final TreeMap<RawPath, History> paths = new TreeMap<>();

    History history(RawPath path) {
        return paths.computeIfAbsent(path, any -> new History());
    }

    void observe(long id, FileVersion version) {
        History history = history(version.path());
        Row before = history.pending;
        history.pending = before == null
                ? new Row(id, id, version, 0, Instant.EPOCH)
                : new Row(id, before.queued, version, before.attempts, before.notBefore);
    }

    void deleteTree(RawPath path, long newId, FileVersion deletion) {
        History history = history(path);
        Row before = history.pending;
        history.pending = new Row(newId, before == null ? newId : before.queued, deletion, 0, Instant.EPOCH);
    }

    void claim(Row row, FileVersion version) {
        History history = history(version.path());
        if (history.pending != null && history.pending.id == row.id) {
            history.pending = null;
            history.uploading = new Row(row.id, row.queued, version, row.attempts, row.notBefore);
        } else {
            history.uploading = new Row(row.id, row.id, version, 0, Instant.EPOCH);
        }
    }

    void finish(RawPath path) {
        History history = history(path);
        history.current = history.uploading;
        history.durable.add(history.uploading);
        history.uploading = null;
    }

    void putBack(RawPath path, int attempts, Instant notBefore) {
        History history = history(path);
        Row row = history.uploading;
        history.uploading = null;
        if (history.pending == null && row != null) {
            history.pending = new Row(row.id, row.queued, row.version, row.attempts + attempts, notBefore);
        }
    }

    void restart() {
        paths.keySet().forEach(path -> putBack(path, 0, Instant.EPOCH));
    }

    List<RawPath> where(Predicate<History> condition) {
        return paths.entrySet().stream()
                .filter(entry -> condition.test(entry.getValue()))
                .map(entry -> entry.getKey())
                .toList();
    }

    List<String> claimable(Instant now) {
        return paths.values().stream()
                .filter(history -> history.pending != null && history.uploading == null)
                .map(history -> history.pending)
                .filter(row -> !row.notBefore.isAfter(now))
                .sorted(Comparator.comparing((Row row) -> row.queued).thenComparing(row -> row.id))
                .map(row -> row.id + " " + row.version + " " + row.attempts)
                .toList();
    }

    List<String> children(RawPath directory) {
        return paths.entrySet().stream()
                .filter(entry -> entry.getKey().parent().equals(Optional.of(directory)))
                .flatMap(entry -> entry.getValue().live().stream())
                .map(version -> new ChildText(version).text())
                .toList();
    }

    /** A child as text: its name and stat. */
    record ChildText(FileVersion version) {
        String text() {
            return RawPath.of(version.path().name()) + " "
                    + version.meta().orElseThrow().stat();
        }
    }

    List<String> at(RawPath prefix, Optional<Instant> time, boolean withDeletions) {
        return paths.entrySet().stream()
                .filter(entry -> entry.getKey().isWithin(prefix))
                .map(entry -> entry.getValue())
                .flatMap(history -> time.isPresent()
                        ? history.at(time.get()).stream()
                        : Optional.ofNullable(history.current).stream())
                .filter(row -> withDeletions || !row.version.isDeletion())
                .map(row -> row.id + " " + row.version)
                .toList();
    }

    RootTotals totals(Optional<Instant> lastDurable) {
        List<Long> sizes = paths.values().stream()
                .flatMap(history -> Optional.ofNullable(history.current).stream())
                .flatMap(row -> row.version.meta().stream())
                .filter(meta -> meta.stat().type() == FileType.REGULAR)
                .map(meta -> meta.stat().sizeBytes())
                .toList();
        return new RootTotals(
                sizes.size(), sizes.stream().mapToLong(Long::longValue).sum(), lastDurable);
    }
}
