package io.keepwatch.backup;

import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.layout.PendingVersion;
import java.time.Instant;
import java.util.List;

/** What is to become of one pending row, decided by looking at the file now. */
sealed interface Plan {
    CatalogVersion row();

    /**
     * Whether a directory was here and is not any more, so that all beneath it is gone too. The comparison that would tell
     * may come later, and then it knows no directory here whose children it could look for.
     */
    default boolean endsDirectory() {
        return false;
    }

    /** It is new to the store. */
    record Upload(CatalogVersion row, PendingVersion pending) implements Plan {
        @Override
        public boolean endsDirectory() {
            boolean was = isDirectory(row.version())
                    || pending.previous()
                            .filter(old -> isDirectory(old.version()))
                            .isPresent();
            return was && !isDirectory(pending.version());
        }
    }

    /** The store has this state already; only the stat is fresher. */
    record Unchanged(CatalogVersion row, FileStat stat, Instant observed) implements Plan {}

    /** It came and went before it was ever stored, or it is a socket. */
    record Drop(CatalogVersion row) implements Plan {
        @Override
        public boolean endsDirectory() {
            return isDirectory(row.version());
        }
    }

    /** Its root is configured no more. */
    record Forget(CatalogVersion row) implements Plan {}

    /** It cannot be read now; the reason is a sentence for a person. */
    record Later(CatalogVersion row, String reason) implements Plan {}

    /**
     * It is no file of its own but tells of others, which must be looked at too.
     *
     * @param rest what becomes of the row once those are on record
     */
    record LookAt(Plan rest, List<PendingChange> others) implements Plan {
        public LookAt {
            others = List.copyOf(others);
        }

        @Override
        public CatalogVersion row() {
            return rest.row();
        }
    }

    private static boolean isDirectory(FileVersion version) {
        return version.meta()
                .filter(meta -> meta.stat().type() == FileType.DIRECTORY)
                .isPresent();
    }
}
