package io.keepwatch.layout;

/** How many objects were compared, and how many of them were missing, different, or unknown to the catalog. */
public record VerifyReport(long checked, long missing, long different, long unknown) {
    public boolean isClean() {
        return missing == 0 && different == 0;
    }
}
