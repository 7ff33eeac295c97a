package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Migrations;
import io.keepwatch.sqlite.own.Owner;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalog's name, versions and exceptions. */
final class CatalogFile implements Owner {
    static final Owner OWNER = new CatalogFile();
    static final Migrations MIGRATIONS = new Migrations(
            OWNER,
            Catalog.class,
            List.of("V001__versions.sql", "V002__packs.sql", "V003__flushes.sql", "V004__locks.sql"));

    private CatalogFile() {}

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public CatalogException problem(String message, @Nullable Throwable cause) {
        return new CatalogException(message, cause);
    }

    @Override
    public CatalogException damaged(Path file, String damage, @Nullable Throwable cause) {
        return new CatalogCorruptException(file, damage, cause);
    }

    @Override
    public CatalogException missing(Path file) {
        return new CatalogMissingException(file);
    }
}
