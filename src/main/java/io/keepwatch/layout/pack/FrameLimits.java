package io.keepwatch.layout.pack;

/** What any pack keeps to; a reader refuses more before it allocates anything for it. */
final class FrameLimits {
    /** No frame decompresses to more than the largest member; a group frame ends long before. */
    static final int CONTENT_BYTES = 17 << 20;
    /** What zstd may need more than the content, and room to spare. */
    static final int FRAME_BYTES = CONTENT_BYTES + (1 << 20);
    /** Log of the largest window: as much as the largest member. */
    static final int WINDOW_LOG = 24;

    static final long JOURNAL_BYTES = 4L << 30;
    static final int LINE_BYTES = 64 << 20;
    static final long TOC_BYTES = 256L << 20;
    static final int MEMBERS = 1 << 20;

    private FrameLimits() {}
}
