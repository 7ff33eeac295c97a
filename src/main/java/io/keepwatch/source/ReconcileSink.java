package io.keepwatch.source;

import io.keepwatch.event.FileSkipped;
import io.keepwatch.file.RawPath;
import java.util.List;

/**
 * Takes what a comparison finds. Called by one thread at a time, though not always the same; may block, which slows the
 * comparison down. An observation may be older than that of another comparison which ran meanwhile; its time tells.
 */
public interface ReconcileSink {
    /** New or changed paths, at most some hundred in a call. */
    void changed(List<ObservedFile> batch);

    /**
     * A path on record is gone: the topmost one, so that what was beneath a directory is gone too. Where something of
     * another kind took its place, {@link #changed} tells of that afterwards.
     */
    void gone(RawPath path, boolean wasDirectory);

    /** A path that is not backed up, or could not be compared; what is on record of it and beneath it stays. */
    void skipped(FileSkipped event);
}
