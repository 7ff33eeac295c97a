package io.keepwatch.workflow.type;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which trace of several programs something belongs to, and its place in it: the header {@code traceparent}. Source: W3C Trace
 * Context, section 3.2.
 *
 * @param text as it travels, such as {@code 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01}
 */
public record TraceParent(String text) {
    public static final String NAME = "traceparent";

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    /** A later version may append more, which is left as it is. */
    private static final Pattern LATER = Pattern.compile("(?!00)" + FORM + "(?:-[!-~]{0,200})?");

    public TraceParent {
        if (!isGood(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is no traceparent");
        }
    }

    /** Empty where the text has another form; by the standard such a header is ignored. */
    public static Optional<TraceParent> parse(String text) {
        return isGood(text) ? Optional.of(new TraceParent(text)) : Optional.empty();
    }

    private static boolean isGood(String text) {
        return FORM.matcher(text).matches() || LATER.matcher(text).matches();
    }
}
