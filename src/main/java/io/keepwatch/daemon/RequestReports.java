package io.keepwatch.daemon;

import io.keepwatch.catalog.RequestCount;
import io.keepwatch.file.WholeFile;
import io.keepwatch.http.Json;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestCounts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that commands made, beside the daemon or without it: one small file for each command in a folder of the
 * state, until the daemon adds it to the catalog. One file a command needs no lock between processes. Any thread.
 */
public final class RequestReports {
    private static final Logger LOG = LoggerFactory.getLogger(RequestReports.class);
    private static final String FOLDER = "requests";
    private static final String ENDING = ".json";
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path folder;

    public RequestReports(Path stateDirectory) {
        this.folder = stateDirectory.resolve(FOLDER);
    }

    /** What one file holds. */
    record Report(List<RequestCount> requests) {
        Report {
            requests = List.copyOf(requests);
            requests.forEach(row -> RequestClass.valueOf(row.requestClass()));
        }
    }

    /** Leaves a report; nothing where nothing was asked. Throws IOException where the state folder takes no file. */
    public void add(Instant at, RequestCounts counts) throws IOException {
        List<RequestCount> rows = DailyRequests.rows(at, counts);
        if (rows.isEmpty()) {
            return;
        }
        Files.createDirectories(folder);
        // The state folder is its owner's alone; root may have written this, and the daemon's user must read it.
        new WholeFile(folder.resolve(UUID.randomUUID() + ENDING), READABLE).write(Json.write(new Report(rows)));
    }

    /** What is reported but not in the catalog yet, for these days. */
    public List<RequestCount> waiting(LocalDate from, LocalDate toInclusive) {
        return files().stream()
                .flatMap(file -> read(file).stream())
                .filter(row -> !row.day().isBefore(from) && !row.day().isAfter(toInclusive))
                .toList();
    }

    /** The reports that are there. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + ENDING)) {
            entries.forEach(files::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.warn("the requests of commands in {} are missing from the bill for now: {}", folder, e.toString());
        }
        return files;
    }

    /** Empty for a file that is gone or holds something else. */
    List<RequestCount> read(Path file) {
        try {
            return Json.read(Files.readString(file), Report.class).requests();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.warn("{} is no report of requests and is left out of the bill: {}", file, e.toString());
            return List.of();
        }
    }

    void remove(List<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("{} is in the bill already but cannot be deleted: {}", file, e.toString());
            }
        }
    }
}
