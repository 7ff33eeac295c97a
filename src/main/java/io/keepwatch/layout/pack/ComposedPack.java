package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import io.keepwatch.store.ComposeObject.Piece;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PieceCutter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pieces of a pack that consists of what lies in the spool and of ranges of other packs. */
final class ComposedPack {
    private ComposedPack() {}

    static List<Piece> pieces(FilledPack pack, ObjectStore store) {
        List<Piece> pieces = new ArrayList<>();
        long from = 0;
        for (FilledPack.Copied copied : pack.copied()) {
            pieces.add(new Piece.Bytes(new Part(pack.file(), from, copied.at() - from)));
            pieces.add(copied.range());
            from = copied.at();
        }
        pieces.add(new Piece.Bytes(new Part(pack.file(), from, pack.file().lengthBytes() - from)));
        return PieceCutter.cut(pieces, range -> new Fetched(range, store));
    }

    /** Some of the file in the spool; whoever reads it takes no more than its length. */
    private record Part(SpoolFile file, long from, long lengthBytes) implements Content {
        @Override
        public InputStream open(long offset) throws IOException {
            return new ExactStream(file.open(from + offset), lengthBytes - offset, "a pack in the spool");
        }
    }

    /** What is too small for a part, and so is read and sent. */
    private record Fetched(Piece.Range range, ObjectStore store) implements Content {
        @Override
        public long lengthBytes() {
            return range.lengthBytes();
        }

        @Override
        public InputStream open(long offset) throws IOException {
            GetObject request = new GetObject(
                    range.key(),
                    Optional.empty(),
                    Optional.of(new GetObject.ByteRange(
                            range.offset() + offset, range.offset() + range.lengthBytes() - 1)));
            return PackRanges.await(store.get(request), range.key()).body();
        }
    }
}
