package io.keepwatch.workflow.engine;

import java.util.regex.Pattern;

/** A pattern of paths in which {@code *} and {@code ?} stay within a name and {@code **} does not. */
public final class PathPattern {
    private final String beginning;
    private final Pattern regex;

    private PathPattern(String beginning, Pattern regex) {
        this.beginning = beginning;
        this.regex = regex;
    }

    public static PathPattern of(String text) {
        int wild = 0;
        while (wild < text.length() && text.charAt(wild) != '*' && text.charAt(wild) != '?') {
            wild++;
        }
        return new PathPattern(text.substring(0, wild), regex(text));
    }

    public boolean matches(String path) {
        // Most paths are of no concern to most rules, and this tells so at once.
        return path.startsWith(beginning) && regex.matcher(path).matches();
    }

    private static Pattern regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**", i)) {
                boolean directories = pattern.startsWith("**/", i);
                regex.append(directories ? "(?:.*/)?" : ".*");
                i += directories ? 2 : 1;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
