package io.keepwatch.http;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Takes what others send to {@code /hooks/<name>}. Any thread; returns at once. */
public interface HooksView {
    /**
     * What becomes of a call. It completes when all that follows from it is on the disk.
     *
     * @param headers of a doubled one, the first
     */
    CompletionStage<Verdict> receive(String name, Map<String, String> headers, byte[] body);

    /** @param status 202, or why not; then with a problem for the caller */
    record Verdict(int status, String problem) {}
}
