package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import io.keepwatch.layout.pack.ContentReference.InThisPack;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares what a pack says about itself with its tar bytes, which are the truth: every frame, every member with its
 * hash, the table of contents and the journal. Holds the tail and one frame at a time.
 */
public final class PackCheck {
    private static final int MAX_SENTENCES = 100;
    private static final int TAIL_GUESS = 1 << 20;

    private final PackTail tail;
    private final List<MemberEntry> found;
    private final List<String> differences = new ArrayList<>();

    private PackCheck(PackTail tail, List<MemberEntry> found) {
        this.tail = tail;
        this.found = found;
    }

    /**
     * A sentence for each difference, at most a hundred; empty where there is none. Throws {@link PackFormatException}
     * where the pack is damaged so that it cannot be compared. Blocks.
     */
    public static List<String> differences(PackName name, Content pack) throws IOException {
        PackTail tail = readTail(name, pack);
        String what = "pack " + name.text();
        try (InputStream in = pack.open(0)) {
            ArchiveMembers archive = ArchiveMembers.read(
                    new ArchiveBytes(in, tail.frames(), what), tail.toc().journal(), what);
            PackCheck check = new PackCheck(tail, archive.members());
            if (archive.journalFrame() != tail.toc().journalFrame()) {
                check.add("its journal begins in frame " + archive.journalFrame() + ", but the table of contents says "
                        + tail.toc().journalFrame());
            }
            check.compareMembers();
            check.compareLines();
            return List.copyOf(check.differences);
        }
    }

    /** Reads as much of the end as is needed. */
    private static PackTail readTail(PackName name, Content pack) throws IOException {
        long size = pack.lengthBytes();
        byte[] tail = end(pack, Math.min(size, TAIL_GUESS));
        long needed = PackTail.bytesNeeded(name, tail, size);
        while (needed > tail.length) {
            tail = end(pack, needed);
            needed = PackTail.bytesNeeded(name, tail, size);
        }
        return PackTail.parse(name, tail, size);
    }

    private static byte[] end(Content pack, long bytes) throws IOException {
        try (InputStream in = pack.open(pack.lengthBytes() - bytes)) {
            return in.readNBytes(Math.toIntExact(bytes));
        }
    }

    private void compareMembers() throws IOException {
        List<MemberEntry> told = tail.members();
        if (told.size() != found.size()) {
            add("its archive has " + found.size() + " members, but the table of contents " + told.size());
        }
        for (int i = 0; i < Math.min(told.size(), found.size()); i++) {
            if (!told.get(i).equals(found.get(i))) {
                add("member " + i + " is " + found.get(i) + ", but the table of contents says " + told.get(i));
            }
        }
    }

    private void compareLines() throws IOException {
        int number = 0;
        try (JournalReader journal = tail.journal()) {
            for (Optional<JournalLine> line = journal.next(); line.isPresent(); line = journal.next()) {
                number++;
                if (line.get().content() instanceof InThisPack own
                        && own.member() < found.size()
                        && !line.get()
                                .version()
                                .hash()
                                .equals(Optional.of(found.get(own.member()).hash()))) {
                    add("line " + number + " of the journal has another hash than member " + own.member()
                            + ", which it names");
                }
            }
        }
    }

    private void add(String sentence) {
        if (differences.size() < MAX_SENTENCES) {
            differences.add("pack " + tail.header().pack().text() + ": " + sentence);
        }
    }
}
