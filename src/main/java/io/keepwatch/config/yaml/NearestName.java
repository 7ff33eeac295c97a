package io.keepwatch.config.yaml;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known name that somebody most likely meant. */
public final class NearestName {
    private static final double ALIKE = 0.85;

    private NearestName() {}

    /** Empty when no name is near: at most two letters away (one for short names), or alike from the beginning on. */
    public static Optional<String> of(String written, Collection<String> known) {
        String plain = plain(written);
        return known.stream()
                .filter(name -> isNear(plain, plain(name)))
                .min(Comparator.comparingInt((String name) -> distance(plain, plain(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String written, String name) {
        int allowed = Math.min(written.length(), name.length()) <= 4 ? 1 : 2;
        return distance(written, name) <= allowed || new JaroWinklerSimilarity().apply(written, name) >= ALIKE;
    }

    private static int distance(String written, String name) {
        int letters = LevenshteinDistance.getDefaultInstance().apply(written, name);
        // Letters in the wrong order are one slip of the fingers, not two.
        return letters > 0 && Arrays.equals(sorted(written), sorted(name)) ? letters - 1 : letters;
    }

    private static int[] sorted(String name) {
        return name.chars().sorted().toArray();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
