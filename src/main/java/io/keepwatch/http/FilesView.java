package io.keepwatch.http;

import io.keepwatch.file.RawPath;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What is stored. The catalog is asked, and only {@link #open} asks the store. All methods but that one block and are called
 * on a worker; they throw {@link RefusedException} where the root or the path is not known.
 */
public interface FilesView {
    /** The entries of a directory by the bytes of their names; the cursor is the last path. */
    Page<FileEntry> files(Directory directory, PageRequest page);

    /** Every version of a path, the newest first; the cursor is the last version. */
    Page<FileEntry.Version> versions(String root, RawPath path, PageRequest page);

    /** A version of a regular file, or the newest durable one. */
    StoredContent content(String root, RawPath path, Optional<Long> version);

    /** Its bytes, compared with the hash, in a file without a name that is gone when it is closed. */
    CompletionStage<FileChannel> open(StoredContent content);

    /** A directory at a time, or as it is stored now. */
    record Directory(String root, RawPath path, Optional<Instant> at, boolean withDeleted) {}

    /** @param sha256 in hexadecimal */
    record StoredContent(String root, RawPath path, long version, long sizeBytes, String sha256) {}
}
