package io.keepwatch.store;

import io.keepwatch.file.Content;
import io.keepwatch.store.ComposeObject.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes pieces that {@link ComposeObject} takes out of any pieces. Ranges that follow each other in their source become
 * one; a range that is too small for a part is sent as content; and where contents before a range are too small, they get
 * the beginning of that range. So at most 10 MiB are sent around each range that is copied.
 */
public final class PieceCutter {
    private static final long LEAST = ComposeObject.LEAST_PART_BYTES;

    private final Function<Piece.Range, Content> read;
    private final List<Piece> cut = new ArrayList<>();
    /** The bytes of the contents at the end of {@code cut}. */
    private long contentBytes;

    private PieceCutter(Function<Piece.Range, Content> read) {
        this.read = read;
    }

    /** {@code read} gives the content of a range that has to be sent; it is read when the object is composed. */
    public static List<Piece> cut(List<Piece> pieces, Function<Piece.Range, Content> read) {
        PieceCutter cutter = new PieceCutter(read);
        joined(pieces).forEach(cutter::add);
        return List.copyOf(cutter.cut);
    }

    private static List<Piece> joined(List<Piece> pieces) {
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : pieces) {
            int last = joined.size() - 1;
            if (piece instanceof Piece.Range next
                    && last >= 0
                    && joined.get(last) instanceof Piece.Range before
                    && next.key().equals(before.key())
                    && next.etag().equals(before.etag())
                    && next.offset() == before.offset() + before.lengthBytes()) {
                joined.set(last, part(before, 0, before.lengthBytes() + next.lengthBytes()));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }

    private void add(Piece piece) {
        if (piece instanceof Piece.Range range) {
            addRange(range);
        } else if (piece.lengthBytes() > 0) {
            cut.add(piece);
            contentBytes += piece.lengthBytes();
        }
    }

    private void addRange(Piece.Range range) {
        long borrowed = contentBytes == 0 ? 0 : Math.max(0, LEAST - contentBytes);
        if (range.lengthBytes() - borrowed <= LEAST) {
            send(range);
            return;
        }
        if (borrowed > 0) {
            send(part(range, 0, borrowed));
        }
        cut.add(part(range, borrowed, range.lengthBytes() - borrowed));
        contentBytes = 0;
    }

    private void send(Piece.Range range) {
        cut.add(new Piece.Bytes(read.apply(range)));
        contentBytes += range.lengthBytes();
    }

    private static Piece.Range part(Piece.Range range, long from, long lengthBytes) {
        return new Piece.Range(range.key(), range.etag(), range.offset() + from, lengthBytes);
    }
}
