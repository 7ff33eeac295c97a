package io.keepwatch.source;

import io.keepwatch.file.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * Patterns in the language of gitignore: the last that matches decides, {@code !} takes back. Names are bytes and
 * patterns are text, so a name that is no UTF-8 is matched as ISO-8859-1, segment by segment. Any thread.
 */
public final class IgnorePatterns {
    private static final String WILD = "*?[\\";

    private final IgnoreNode rules;
    private final List<String> patterns;

    public IgnorePatterns(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
        this.rules = new IgnoreNode(patterns.stream().map(FastIgnoreRule::new).toList());
    }

    /** Throws IllegalArgumentException for a pattern that can match nothing. */
    public static void check(String pattern) {
        if (pattern.isBlank() || new FastIgnoreRule(pattern).isEmpty()) {
            throw new IllegalArgumentException("the pattern \"" + pattern
                    + "\" can match nothing: it is empty, a comment or not closed; see gitignore(5)");
        }
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** What the patterns say of this path itself; empty when none matches. Its parents are not looked at. */
    Optional<Boolean> match(RawPath path, boolean isDirectory) {
        return isEmpty() || path.isRoot()
                ? Optional.empty()
                : Optional.ofNullable(rules.checkIgnored(text(path), isDirectory));
    }

    /** What the patterns say of this path or, when they are silent, of the nearest parent they speak of. */
    public boolean matchOrInherited(RawPath path, boolean isDirectory) {
        Optional<Boolean> own = match(path, isDirectory);
        return own.isPresent()
                ? own.get()
                : path.parent().map(parent -> matchOrInherited(parent, true)).orElse(false);
    }

    /** Whether something beneath this directory could match, judged by the parts of the patterns without wildcards. */
    boolean mayMatchBeneath(RawPath directory) {
        String[] names = directory.isRoot() ? new String[0] : text(directory).split("/", -1);
        return patterns.stream().anyMatch(pattern -> mayMatchBeneath(pattern, names));
    }

    private static boolean mayMatchBeneath(String pattern, String[] names) {
        if (pattern.startsWith("!")) {
            return false;
        }
        String body = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (!body.contains("/")) {
            return true;
        }
        String[] parts = (body.startsWith("/") ? body.substring(1) : body).split("/", -1);
        for (int i = 0; i < Math.min(parts.length, names.length); i++) {
            if (parts[i].chars().anyMatch(c -> WILD.indexOf(c) >= 0)) {
                return true;
            }
            if (!parts[i].equals(names[i])) {
                return false;
            }
        }
        return true;
    }

    private static String text(RawPath path) {
        String text = path.text()
                .orElseGet(() -> path.segments().stream()
                        .map(IgnorePatterns::segmentText)
                        .collect(Collectors.joining("/")));
        return withoutLineEnds(text);
    }

    private static String segmentText(byte[] name) {
        return RawPath.of(name).text().orElseGet(() -> new String(name, StandardCharsets.ISO_8859_1));
    }

    /** The library turns wildcards into a regular expression whose dot stops at line ends; no pattern holds U+F00A. */
    private static String withoutLineEnds(String text) {
        boolean plain = text.chars().noneMatch(IgnorePatterns::endsLine);
        return plain
                ? text
                : text.chars()
                        .map(c -> endsLine(c) ? 0xF00A : c)
                        .collect(StringBuilder::new, (builder, c) -> builder.append((char) c), StringBuilder::append)
                        .toString();
    }

    private static boolean endsLine(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
