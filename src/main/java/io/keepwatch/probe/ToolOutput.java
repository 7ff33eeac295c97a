package io.keepwatch.probe;

/** What a tool wrote before it ended. Both texts are cut where they are longer than the runner's bound. */
public record ToolOutput(int exitCode, String out, String err) {
    /** The first line of what it said about an error, for messages. */
    public String firstError() {
        String text = err.isBlank() ? out : err;
        return text.strip().lines().findFirst().orElse("it said nothing");
    }
}
