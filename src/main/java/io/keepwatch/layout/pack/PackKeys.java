package io.keepwatch.layout.pack;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of a host's objects in this layout; docs/design.md shows them. */
final class PackKeys {
    private static final String PACKS = "packs/";
    private static final String SUFFIX = ".tar.zst";
    private static final String CATALOG = "catalog/";
    private static final String CATALOG_SUFFIX = ".sqlite.zst";
    private static final Pattern CATALOG_COPY = Pattern.compile("\\d{8}T\\d{6}Z-[0-9A-Za-z-]{1,40}-\\d{10,18}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String top;
    private final String cipherSuffix;

    /** @param cipherSuffix behind the name of each encrypted object; empty where nothing is encrypted */
    PackKeys(String prefix, String host, String cipherSuffix) {
        this.top = (prefix.isEmpty() ? "" : prefix + "/") + host + "/";
        this.cipherSuffix = cipherSuffix;
    }

    static PackKeys of(PackSetting setting) {
        return new PackKeys(setting.prefix(), setting.host(), setting.cipher().suffix());
    }

    /** What every key of the host begins with. */
    String top() {
        return top;
    }

    String marker() {
        return top + "keepwatch.json";
    }

    String lease() {
        return top + "lease.json";
    }

    String packs() {
        return top + PACKS;
    }

    String pack(PackName name) {
        return packs() + name.text() + SUFFIX + cipherSuffix;
    }

    /** Empty for a key of something else, and for a pack that is encrypted where this host's are not, or the other way. */
    Optional<PackName> pack(String key) {
        String end = SUFFIX + cipherSuffix;
        return key.startsWith(packs()) && key.endsWith(end)
                ? PackName.parse(key.substring(packs().length(), key.length() - end.length()))
                : Optional.empty();
    }

    String catalogCopies() {
        return top + CATALOG;
    }

    /** Keys sort as the times do. */
    String catalogCopy(Instant at, String epoch, long sequence) {
        return catalogCopies() + TIME.format(at) + "-" + epoch + "-" + String.format(Locale.ROOT, "%010d", sequence)
                + CATALOG_SUFFIX + cipherSuffix;
    }

    boolean isCatalogCopy(String key) {
        String end = CATALOG_SUFFIX + cipherSuffix;
        return key.startsWith(catalogCopies())
                && key.endsWith(end)
                && CATALOG_COPY
                        .matcher(key.substring(catalogCopies().length(), key.length() - end.length()))
                        .matches();
    }
}
