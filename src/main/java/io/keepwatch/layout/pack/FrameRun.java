package io.keepwatch.layout.pack;

import io.keepwatch.store.ComposeObject.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Frames of a pack that follow each other and hold only what is wanted, so that another pack can have them as they lie. They
 * begin where a tar header begins, or with a content whose header is written before them; they end where a member ends, or
 * with a content whose padding is written after them.
 *
 * @param frames as they lie in their pack
 * @param members with their frame counted from the first one here
 * @param lacksHeader whether the first frame is a content, so that its header has to stand before it
 * @param paddingAfter zero bytes that have to stand behind it
 */
record FrameRun(PackFacts pack, List<Frame> frames, List<MemberEntry> members, boolean lacksHeader, int paddingAfter) {
    FrameRun {
        frames = List.copyOf(frames);
        members = List.copyOf(members);
    }

    long offset() {
        return frames.get(0).offset();
    }

    long lengthBytes() {
        Frame last = frames.get(frames.size() - 1);
        return last.offset() + last.bytes() - offset();
    }

    Piece.Range range(PackKeys keys) {
        return new Piece.Range(keys.pack(pack.name()), "\"" + pack.etag() + "\"", offset(), lengthBytes());
    }

    /** Every run of a pack, the longest there are, in order. */
    static List<FrameRun> of(PackFacts pack, PackTail tail, Predicate<MemberEntry> wanted) throws IOException {
        return new Search(pack, tail, wanted).runs();
    }

    private static final class Search {
        private final PackFacts pack;
        private final List<Frame> frames;
        private final List<MemberEntry> members;
        /** Of each frame. */
        private final List<List<MemberEntry>> held = new ArrayList<>();
        /** Whether a member, or the archive, begins with this frame. */
        private final boolean[] begins;

        private final boolean[] unwanted;

        Search(PackFacts pack, PackTail tail, Predicate<MemberEntry> wanted) throws IOException {
            this.pack = pack;
            this.frames = tail.frames().subList(0, tail.toc().journalFrame());
            this.members = tail.members();
            this.begins = new boolean[frames.size() + 1];
            this.unwanted = new boolean[frames.size()];
            frames.forEach(frame -> held.add(new ArrayList<>()));
            for (MemberEntry member : members) {
                held.get(member.frame()).add(member);
                unwanted[member.frame()] |= !wanted.test(member);
            }
            findBeginnings();
        }

        private void findBeginnings() {
            long start = 0;
            long end = 0;
            for (int frame = 0; frame < frames.size(); frame++) {
                begins[frame] = start == end;
                for (MemberEntry member : held.get(frame)) {
                    long content = start + member.offset() + member.sizeBytes();
                    end = content + TarHeader.padding(member.sizeBytes());
                }
                start += frames.get(frame).contentBytes();
            }
            begins[frames.size()] = start == end;
        }

        List<FrameRun> runs() {
            List<FrameRun> runs = new ArrayList<>();
            for (int from = 0; from < frames.size(); from++) {
                int until = from;
                while (until < frames.size() && !unwanted[until]) {
                    until++;
                }
                add(runs, from, until);
                from = until;
            }
            return runs;
        }

        private void add(List<FrameRun> runs, int from, int until) {
            int first = from;
            while (first < until && !begins[first] && !isContent(first)) {
                first++;
            }
            int end = until;
            while (end > first && !begins[end] && !isContent(end - 1)) {
                end--;
            }
            if (end > first) {
                runs.add(run(first, end));
            }
        }

        private FrameRun run(int first, int end) {
            List<MemberEntry> moved = IntStream.range(first, end)
                    .boxed()
                    .flatMap(frame -> held.get(frame).stream())
                    .map(member -> new MemberEntry(
                            member.name(), member.hash(), member.frame() - first, member.offset(), member.sizeBytes()))
                    .toList();
            int padding = begins[end]
                    ? 0
                    : TarHeader.padding(moved.get(moved.size() - 1).sizeBytes());
            return new FrameRun(pack, frames.subList(first, end), moved, !begins[first], padding);
        }

        /** Whether the frame is exactly one content. */
        private boolean isContent(int frame) {
            List<MemberEntry> found = held.get(frame);
            return found.size() == 1
                    && found.get(0).offset() == 0
                    && found.get(0).sizeBytes() == frames.get(frame).contentBytes();
        }
    }
}
