package io.keepwatch.layout.pack;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import java.util.Optional;

/**
 * One change in a journal, with all that is to be known of the version, so that journals alone rebuild a catalog.
 *
 * @param from the path it had before; for {@link JournalOp#MOVE} only
 */
public record JournalLine(JournalOp op, FileVersion version, Optional<RawPath> from, ContentReference content) {
    /** Throws IllegalArgumentException where the parts contradict each other. */
    public JournalLine {
        if ((op == JournalOp.DELETE) != version.isDeletion()) {
            throw new IllegalArgumentException(op.text() + " does not fit a version "
                    + (version.isDeletion() ? "without" : "with") + " metadata: \"" + version.path() + "\"");
        }
        if ((op == JournalOp.MOVE) != from.isPresent()) {
            throw new IllegalArgumentException("a former path belongs to a move and only to it, but \"" + version.path()
                    + "\" is " + op.text() + (from.isPresent() ? " with one" : " without one"));
        }
        boolean stored = !(content instanceof ContentReference.None);
        boolean hashed = version.hasContent() && version.hash().isPresent();
        if (stored && !hashed) {
            throw new IllegalArgumentException("\"" + version.path()
                    + "\" is no regular file with a hash, so no content" + " can be stored for it");
        }
        if (!stored && hashed && version.meta().orElseThrow().stat().sizeBytes() > 0) {
            throw new IllegalArgumentException("\"" + version.path()
                    + "\" has a content, but the line does not say where" + " it is: it could not be restored");
        }
    }

    /** Any change but a move. */
    public static JournalLine of(JournalOp op, FileVersion version, ContentReference content) {
        return new JournalLine(op, version, Optional.empty(), content);
    }
}
