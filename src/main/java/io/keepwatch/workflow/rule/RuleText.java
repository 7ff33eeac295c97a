package io.keepwatch.workflow.rule;

import io.keepwatch.file.Sha256;
import java.nio.charset.StandardCharsets;

/** A rule file as it was read. */
public record RuleText(String path, String text) {
    /** Of path and text, in hexadecimal. */
    public String hash() {
        return Sha256.hash((path + "\0" + text).getBytes(StandardCharsets.UTF_8))
                .hex();
    }
}
