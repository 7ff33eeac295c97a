package io.keepwatch.backup;

import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.file.FileStat;
import io.keepwatch.layout.PendingVersion;
import java.time.Instant;

/** What is to become of one pending row, decided by looking at the file now. */
sealed interface Plan {
    CatalogVersion row();

    /** It is new to the store. */
    record Upload(CatalogVersion row, PendingVersion pending) implements Plan {}

    /** The store has this state already; only the stat is fresher. */
    record Unchanged(CatalogVersion row, FileStat stat, Instant observed) implements Plan {}

    /** It came and went before it was ever stored, or it is a socket. */
    record Drop(CatalogVersion row) implements Plan {}

    /** It cannot be read now; the reason is a sentence for a person. */
    record Later(CatalogVersion row, String reason) implements Plan {}
}
