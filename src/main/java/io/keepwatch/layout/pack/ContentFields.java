package io.keepwatch.layout.pack;

import io.keepwatch.file.Sha256;
import io.keepwatch.layout.pack.ContentReference.Elsewhere;
import io.keepwatch.layout.pack.ContentReference.InThisPack;
import io.keepwatch.layout.pack.ContentReference.None;
import io.keepwatch.layout.pack.ContentReference.Segments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Collects the fields of a journal line that say where the content is. */
final class ContentFields {
    private int frame = -1;
    private long offset;
    private Optional<PackName> pack = Optional.empty();
    private long rangeFrom = -1;
    private long rangeBytes;
    private Optional<List<Segment>> segments = Optional.empty();

    /** False where the field is none of these; its value is still to be read then. */
    boolean take(String field, JsonCursor json) throws IOException {
        switch (field) {
            case "frame" -> frame = json.number(SeekTable.MAX_FRAMES);
            case "offset" -> offset = json.natural(FrameLimits.CONTENT_BYTES);
            case "in" -> pack = Optional.of(packName(json.text()));
            case "range" -> takeRange(json);
            case "segments" -> takeSegments(json);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** {@code sizeBytes} is that of the file. */
    ContentReference reference(long sizeBytes, List<TocMember> members) {
        if ((frame >= 0 ? 1 : 0) + (pack.isPresent() ? 1 : 0) + (segments.isPresent() ? 1 : 0) > 1) {
            throw new IllegalArgumentException("a content is said to be at more than one place");
        }
        if (frame >= 0) {
            return ownMember(sizeBytes, members);
        }
        if (pack.isPresent()) {
            if (rangeFrom < 0) {
                throw new IllegalArgumentException("a content in another pack has no range");
            }
            return new Elsewhere(new ChunkPlace(pack.get(), rangeFrom, rangeBytes, offset, sizeBytes));
        }
        if (segments.isPresent()) {
            long sum = segments.get().stream().mapToLong(Segment::sizeBytes).reduce(0, Math::addExact);
            checkSize(sum, sizeBytes);
            return new Segments(segments.get());
        }
        return new None();
    }

    private InThisPack ownMember(long sizeBytes, List<TocMember> members) {
        int found = Collections.binarySearch(
                members, new TocMember(frame, Math.toIntExact(offset), 0, 0, Optional.empty()));
        if (found < 0) {
            throw new IllegalArgumentException("a content is said to be in frame " + frame + " at " + offset
                    + ", where the table of contents has none");
        }
        checkSize(members.get(found).sizeBytes(), sizeBytes);
        return new InThisPack(found);
    }

    private static void checkSize(long stored, long sizeBytes) {
        if (stored != sizeBytes) {
            throw new IllegalArgumentException("a file of " + sizeBytes + " bytes has a content of " + stored);
        }
    }

    private void takeRange(JsonCursor json) throws IOException {
        json.enterArray();
        json.value();
        rangeFrom = json.natural(Long.MAX_VALUE);
        json.value();
        rangeBytes = json.natural(Long.MAX_VALUE - rangeFrom);
        json.leaveArray();
    }

    private void takeSegments(JsonCursor json) throws IOException {
        List<Segment> parts = new ArrayList<>();
        json.enterArray();
        while (json.nextValue()) {
            json.enterArray();
            json.value();
            Sha256 hash = Sha256.ofHex(json.text());
            json.value();
            parts.add(new Segment(hash, json.number(PackMember.MAX_BYTES)));
            json.leaveArray();
        }
        segments = Optional.of(parts);
    }

    private static PackName packName(String text) {
        return PackName.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no name of a pack"));
    }
}
