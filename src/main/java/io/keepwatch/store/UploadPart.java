package io.keepwatch.store;

import io.keepwatch.file.Content;
import io.keepwatch.store.ComposeObject.Piece;
import java.util.ArrayList;
import java.util.List;

/** One part of an upload in parts: some of a content, or some of another object. */
sealed interface UploadPart {
    /** S3's limit for the parts of an object. */
    int MOST = 10_000;

    /** S3's limit for a part. */
    long MOST_BYTES = 5L << 30;

    record Body(Content content, long offset, long lengthBytes) implements UploadPart {}

    record Copy(Piece.Range source) implements UploadPart {}

    /** Parts of this size, but the last one. */
    static List<UploadPart> of(Content content, long partBytes) {
        List<UploadPart> parts = new ArrayList<>();
        long lengthBytes = content.lengthBytes();
        for (long offset = 0; offset < lengthBytes || parts.isEmpty(); offset += partBytes) {
            parts.add(new Body(content, offset, Math.min(partBytes, lengthBytes - offset)));
        }
        return parts;
    }

    /** Contents are sent in parts of this size to twice that size. */
    static List<UploadPart> of(ComposeObject request, long partBytes) {
        List<UploadPart> parts = new ArrayList<>();
        List<Content> run = new ArrayList<>();
        for (Piece piece : request.pieces()) {
            if (piece instanceof Piece.Bytes bytes) {
                run.add(bytes.content());
            } else if (piece instanceof Piece.Range range) {
                addBodies(parts, run, partBytes);
                addCopies(parts, range);
            }
        }
        addBodies(parts, run, partBytes);
        if (parts.size() > MOST) {
            throw new IllegalArgumentException("object \"" + request.target().key() + "\" cannot be composed of "
                    + parts.size() + " parts: S3 takes " + MOST + " at most");
        }
        return parts;
    }

    private static void addBodies(List<UploadPart> parts, List<Content> run, long partBytes) {
        Content content = new JoinedContent(run);
        run.clear();
        long lengthBytes = content.lengthBytes();
        long count = lengthBytes == 0 ? 0 : Math.max(1, lengthBytes / partBytes);
        for (long i = 0; i < count; i++) {
            long from = share(lengthBytes, i, count);
            parts.add(new Body(content, from, share(lengthBytes, i + 1, count) - from));
        }
    }

    private static void addCopies(List<UploadPart> parts, Piece.Range range) {
        long count = (range.lengthBytes() + MOST_BYTES - 1) / MOST_BYTES;
        for (long i = 0; i < count; i++) {
            long from = share(range.lengthBytes(), i, count);
            long bytes = share(range.lengthBytes(), i + 1, count) - from;
            parts.add(new Copy(new Piece.Range(range.key(), range.etag(), range.offset() + from, bytes)));
        }
    }

    /** So many of the equal shares; they differ by a byte at the most. */
    private static long share(long bytes, long shares, long count) {
        return bytes / count * shares + bytes % count * shares / count;
    }
}
