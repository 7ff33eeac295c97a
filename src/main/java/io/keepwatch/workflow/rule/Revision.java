package io.keepwatch.workflow.rule;

import io.keepwatch.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts that a set of rules was read from. A run finishes on the revision it began with, whatever the files say by then.
 *
 * @param hash tells one revision from all others
 */
public record Revision(String hash, List<RuleText> texts) {
    /** Of rules that come from no file. */
    public static final Revision NONE = of(List.of());

    public Revision {
        texts = List.copyOf(texts);
    }

    public static Revision of(List<RuleText> texts) {
        String all = texts.stream().map(RuleText::hash).collect(Collectors.joining("\n"));
        return new Revision(Sha256.hash(all.getBytes(StandardCharsets.UTF_8)).hex(), texts);
    }
}
