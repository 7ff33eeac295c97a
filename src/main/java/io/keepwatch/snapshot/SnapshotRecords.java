package io.keepwatch.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepwatch.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers on disk which snapshots were made or are about to be, one small file for each. One thread at a time. */
final class SnapshotRecords {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRecords.class);
    private static final String SUFFIX = ".json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    SnapshotRecords(Path folder) {
        this.folder = folder;
    }

    /** Returns when it is on the disk: a crash right after that leaves nothing that nobody knows of. */
    void keep(Snapshot snapshot) throws IOException {
        Files.createDirectories(folder);
        new WholeFile(file(snapshot))
                .write(JSON.writeValueAsString(Map.of(
                        "kind", snapshot.kind(),
                        "name", snapshot.name(),
                        "origin", snapshot.origin(),
                        "type", snapshot.type(),
                        "top", snapshot.top().toString(),
                        "place", snapshot.place().toString())));
    }

    void forget(Snapshot snapshot) throws IOException {
        Files.deleteIfExists(file(snapshot));
    }

    /** None where there is no folder. A record that a crash cut short was never acted on, and is removed. */
    List<Snapshot> all() throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return snapshots;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    snapshots.add(parse(Files.readString(file, StandardCharsets.UTF_8)));
                } catch (IOException | IllegalArgumentException e) {
                    LOG.warn("{} is no whole record of a snapshot and is removed: {}", file, firstLine(e));
                    Files.delete(file);
                }
            }
        }
        return snapshots;
    }

    private static String firstLine(Exception problem) {
        return problem.toString().lines().findFirst().orElse("");
    }

    private static Snapshot parse(String text) throws IOException {
        JsonNode node = JSON.readTree(text);
        return new Snapshot(
                word(node, "kind"),
                word(node, "name"),
                word(node, "origin"),
                word(node, "type"),
                Path.of(word(node, "top")),
                Path.of(word(node, "place")));
    }

    private static String word(JsonNode node, String name) {
        String text = node.path(name).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it has no \"" + name + "\"");
        }
        return text;
    }

    private Path file(Snapshot snapshot) {
        return folder.resolve(snapshot.name() + SUFFIX);
    }
}
