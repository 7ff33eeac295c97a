package io.keepwatch.daemon;

import io.keepwatch.http.CloudEvent;
import io.keepwatch.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps events over a restart: a line of JSON each in {@code events.jsonl} of the state folder, behind one that says when the
 * file was begun. A full file becomes {@code events.before.jsonl}, and what had that name is gone. Lines are not forced to
 * the disk: a power cut may cost the last ones. One thread at a time; blocks.
 */
final class EventJournal {
    private static final Logger LOG = LoggerFactory.getLogger(EventJournal.class);
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private final Path file;
    private final Path before;
    private final long mostBytes;
    private boolean failing;

    EventJournal(Path stateDirectory) {
        this(stateDirectory, MOST_BYTES);
    }

    /** @param mostBytes of each of the two files */
    EventJournal(Path stateDirectory, long mostBytes) {
        this.file = stateDirectory.resolve("events.jsonl");
        this.before = stateDirectory.resolve("events.before.jsonl");
        this.mostBytes = mostBytes;
    }

    /** The first line of a file. */
    private record Begun(Optional<Instant> begun) {}

    /**
     * What was kept so far.
     *
     * @param events the oldest first
     * @param since behind it all events are kept
     */
    record Kept(List<CloudEvent> events, Instant since) {}

    /** At the start, before any is added. A line that cannot be read is left out, and a file that cannot be is told. */
    Kept read(Instant now) {
        List<CloudEvent> events = new ArrayList<>();
        Optional<Instant> older = read(before, events);
        Optional<Instant> newer = read(file, events);
        if (!Files.exists(file)) {
            begin(now);
        }
        return new Kept(events, older.or(() -> newer).orElse(now));
    }

    /** A failure is told once, and the next event is tried again. */
    void add(CloudEvent event) {
        try {
            // The line break comes first, so that a line that a crash cut off spoils no other.
            byte[] line = ("\n" + Json.write(event)).getBytes(StandardCharsets.UTF_8);
            if (Files.exists(file) && Files.size(file) + line.length > mostBytes) {
                Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
                begin(event.time());
            }
            Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            failing = false;
        } catch (IOException e) {
            tell(e);
        }
    }

    private void begin(Instant now) {
        try {
            Files.writeString(file, Json.write(new Begun(Optional.of(now))));
        } catch (IOException e) {
            tell(e);
        }
    }

    private void tell(IOException problem) {
        if (!failing) {
            LOG.warn("events are not kept over a restart while {} cannot be written: {}", file, problem.toString());
        }
        failing = true;
    }

    /** When a file was begun; empty where it is not there, or does not say it. */
    private static Optional<Instant> read(Path from, List<CloudEvent> events) {
        if (!Files.exists(from)) {
            return Optional.empty();
        }
        try {
            List<String> lines = new String(Files.readAllBytes(from), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            lines.stream()
                    .skip(1)
                    .forEach(line -> parsed(line, CloudEvent.class).ifPresent(events::add));
            return lines.stream()
                    .findFirst()
                    .flatMap(line -> parsed(line, Begun.class))
                    .flatMap(Begun::begun);
        } catch (IOException e) {
            LOG.warn("{} cannot be read, so events of before are not shown: {}", from, e.toString());
            return Optional.empty();
        }
    }

    private static <T> Optional<T> parsed(String line, Class<T> type) {
        try {
            return Optional.of(Json.read(line, type));
        } catch (IOException e) {
            LOG.debug("a line is left out: {}", e.toString());
            return Optional.empty();
        }
    }
}
