package io.keepwatch.layout.pack;

import java.util.Optional;

/** The keys of a host's objects in this layout; docs/design.md shows them. */
final class PackKeys {
    private static final String PACKS = "packs/";
    private static final String SUFFIX = ".tar.zst";

    private final String top;
    private final String cipherSuffix;

    /** @param cipherSuffix behind the name of each encrypted object; empty where nothing is encrypted */
    PackKeys(String prefix, String host, String cipherSuffix) {
        this.top = (prefix.isEmpty() ? "" : prefix + "/") + host + "/";
        this.cipherSuffix = cipherSuffix;
    }

    /** What every key of the host begins with. */
    String top() {
        return top;
    }

    String marker() {
        return top + "keepwatch.json";
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
}
