package io.keepwatch.catalog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A second daemon for tests: opens the catalog of its argument and holds it until its input ends. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] args) throws IOException {
        try (Catalog catalog = Catalog.open(Path.of(args[0]))) {
            catalog.putSetting("holder", "alive").join();
            System.out.write("open\n".getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
