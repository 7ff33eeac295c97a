package io.keepwatch.layout.pack;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pack's place in the bucket. The name holds nothing but what a second writer with the same catalog would choose too, so
 * that a write which must not find an object ({@code If-None-Match: *}) finds out about it at no extra request.
 *
 * @param level 0 for a flush, higher for packs that were merged from lower ones
 * @param epoch of the catalog that wrote it: a new one for each new or rebuilt catalog, sortable by time
 * @param sequence grows within an epoch, over all levels, and is never used again
 */
public record PackName(int level, String epoch, long sequence) {
    private static final Pattern TEXT = Pattern.compile("(\\d)/([0-9A-Za-z-]{1,40})/(\\d{10,18})");

    /** For example {@code 0/20261125T101530Z-1f2e3d4c/0000000017}. */
    public String text() {
        return String.format(Locale.ROOT, "%d/%s/%010d", level, epoch, sequence);
    }

    /** Empty where the text is no such name. */
    public static Optional<PackName> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new PackName(
                        Integer.parseInt(matcher.group(1)), matcher.group(2), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }
}
