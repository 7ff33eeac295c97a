package io.keepwatch.sqlite;

import io.keepwatch.file.Content;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.OpenedFile;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A database and the files beside it, as one look shows them.
 */
public record DatabaseState(FileStat file, Optional<FileStat> log, Optional<FileStat> journal, boolean sharedMemory) {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    /** The smallest page there is; a shorter file holds no database. */
    private static final int LEAST_BYTES = 512;
    /** Of the header: 2 where commits go to a log. */
    private static final int READ_VERSION = 19;

    /** Throws {@link NoSuchFileException} where there is no database. Blocks. */
    public static DatabaseState look(RootDirectory root, RawPath path) throws IOException {
        return new DatabaseState(
                root.meta(path).stat(),
                stat(root, DatabaseSibling.LOG.of(path)),
                stat(root, DatabaseSibling.JOURNAL.of(path)),
                stat(root, DatabaseSibling.SHARED_MEMORY.of(path)).isPresent());
    }

    private static Optional<FileStat> stat(RootDirectory root, RawPath path) throws IOException {
        try {
            return Optional.of(root.meta(path).stat()).filter(stat -> stat.type() == FileType.REGULAR);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * The stat that stands for all of it: that of the file, changed when the last of the files was written. A commit to the log
     * leaves the file itself as it was. The log's own ctime does not count: SQLite gives the log to the owner of the database
     * whenever root opens it, to read too.
     */
    public FileStat combined() {
        Instant last = Stream.of(log, journal)
                .flatMap(Optional::stream)
                .map(FileStat::modified)
                .reduce(file.changed(), (one, other) -> one.isAfter(other) ? one : other);
        return file.withChanged(last);
    }

    /** Whether nothing was written between two looks. */
    boolean sameAs(DatabaseState other) {
        return file.sameAs(other.file)
                && written(log).equals(written(other.log))
                && written(journal).equals(written(other.journal));
    }

    private static Optional<Written> written(Optional<FileStat> stat) {
        return stat.map(some -> new Written(some.inode(), some.sizeBytes(), some.modified()));
    }

    private record Written(long inode, long sizeBytes, Instant modified) {}

    /** Whether a regular file begins as every database does. Reads the beginning; the caller holds no lock on the file. */
    public static boolean isDatabase(RootDirectory root, RawPath path) throws IOException {
        return header(root, path).isPresent();
    }

    /** The same of bytes that were read already. */
    public static boolean isDatabase(Content content) throws IOException {
        if (content.lengthBytes() < LEAST_BYTES) {
            return false;
        }
        try (InputStream in = content.open(0)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /** Whether a database commits to a log. */
    static boolean usesLog(RootDirectory root, RawPath path) throws IOException {
        return header(root, path)
                .filter(header -> header.get(READ_VERSION) == 2)
                .isPresent();
    }

    private static Optional<ByteBuffer> header(RootDirectory root, RawPath path) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(READ_VERSION + 1);
        try (OpenedFile file = root.open(path)) {
            if (file.channel().size() < LEAST_BYTES) {
                return Optional.empty();
            }
            int count = 0;
            while (header.hasRemaining() && count >= 0) {
                count = file.channel().read(header);
            }
        }
        boolean magic =
                !header.hasRemaining() && header.flip().slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
        return magic ? Optional.of(header) : Optional.empty();
    }
}
