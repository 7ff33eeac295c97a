package io.keepwatch.action.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event of a run in a file that only its command can read. It lies in the state folder; for another user, who cannot
 * look into that folder, in a new folder of that user in the system's folder for temporary files.
 *
 * @param folder empty where the file lies in a folder that stays
 */
record EventFile(Path path, Optional<Path> folder) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    static EventFile write(Path folder, String event, Optional<Account> other) throws IOException {
        Optional<Path> own =
                other.isPresent() ? Optional.of(Files.createTempDirectory("keepwatch-")) : Optional.empty();
        EventFile file = new EventFile(Files.createTempFile(own.orElse(folder), "event-", ".json", OWNER_ONLY), own);
        Files.writeString(file.path(), event);
        if (other.isPresent()) {
            Files.setAttribute(file.path(), "unix:uid", (int) other.get().uid());
            Files.setAttribute(own.orElse(folder), "unix:uid", (int) other.get().uid());
        }
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
            if (folder.isPresent()) {
                Files.deleteIfExists(folder.get());
            }
        } catch (IOException e) {
            LOG.warn("{} is not needed any more but cannot be deleted: {}", path, e.toString());
        }
    }
}
