package io.keepwatch.store;

import io.keepwatch.file.Content;
import java.util.List;

/**
 * An object made of pieces in their order. S3 sets the limits, and a request outside them is an IllegalArgumentException:
 * a range has more than 5 MiB, contents between or before ranges have together 5 MiB or more, and there are at most
 * 10,000 parts. {@link PieceCutter} makes such pieces out of any. {@code target} says the key, the metadata, and whether
 * the key must be free.
 */
public record ComposeObject(PutObject target, List<Piece> pieces) {
    /** What S3 takes as a part that is not the last one. */
    public static final long LEAST_PART_BYTES = 5L << 20;

    public ComposeObject {
        pieces = List.copyOf(pieces);
        long before = 0;
        boolean contents = false;
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Range && contents && before < LEAST_PART_BYTES) {
                throw tooSmall(target.key(), "the contents before a range have", before);
            }
            if (piece instanceof Piece.Range && piece.lengthBytes() <= LEAST_PART_BYTES) {
                throw tooSmall(target.key(), "a range has", piece.lengthBytes());
            }
            contents = piece instanceof Piece.Bytes && (contents || piece.lengthBytes() > 0);
            before = contents ? before + piece.lengthBytes() : 0;
        }
    }

    public long lengthBytes() {
        return pieces.stream().mapToLong(Piece::lengthBytes).sum();
    }

    /** Without one, this is an upload like any other. */
    boolean hasRanges() {
        return pieces.stream().anyMatch(Piece.Range.class::isInstance);
    }

    /** The contents as one. */
    Content contents() {
        return new JoinedContent(pieces.stream()
                .filter(Piece.Bytes.class::isInstance)
                .map(piece -> ((Piece.Bytes) piece).content())
                .toList());
    }

    private static IllegalArgumentException tooSmall(String key, String what, long bytes) {
        return new IllegalArgumentException("object \"" + key + "\" cannot be composed: " + what + " "
                + bytes + " bytes, and S3 copies no range of 5 MiB or less and takes no part under 5 MiB but the last;"
                + " cut the pieces with PieceCutter");
    }

    /** A part of the new object. */
    public sealed interface Piece {
        long lengthBytes();

        /** Bytes of an object of the same bucket, which do not travel; only while it still has this ETag. */
        record Range(String key, String etag, long offset, long lengthBytes) implements Piece {
            public Range {
                ObjectLimits.checkKey(key);
                if (offset < 0 || lengthBytes < 1 || etag.isEmpty()) {
                    throw new IllegalArgumentException("a range begins at 0 or later, has 1 byte or more, and an ETag;"
                            + " this is " + lengthBytes + " bytes at " + offset + " of \"" + key + "\" with ETag \""
                            + etag + "\"");
                }
            }
        }

        /** Bytes that are sent. */
        record Bytes(Content content) implements Piece {
            @Override
            public long lengthBytes() {
                return content.lengthBytes();
            }
        }
    }
}
