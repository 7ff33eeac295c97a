package io.keepwatch.layout.pack;

import io.keepwatch.file.FileVersion;
import io.keepwatch.layout.pack.ContentReference.InThisPack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The members of a pack, each with the hash and the name that the table of contents or the journal has for it. */
final class MemberLines {
    private final List<TocMember> members;
    private final List<Optional<TocMember.Named>> named = new ArrayList<>();
    private final BitSet open = new BitSet();

    private MemberLines(List<TocMember> members) {
        this.members = members;
        for (TocMember member : members) {
            open.set(named.size(), member.named().isEmpty());
            named.add(member.named());
        }
    }

    static List<MemberEntry> read(PackTail tail, List<TocMember> members) throws IOException {
        MemberLines lines = new MemberLines(members);
        if (!lines.open.isEmpty()) {
            lines.readJournal(tail);
        }
        return lines.entries();
    }

    private void readJournal(PackTail tail) throws IOException {
        int number = 0;
        try (JournalReader journal = tail.journal()) {
            for (Optional<JournalLine> line = journal.next(); line.isPresent(); line = journal.next()) {
                number++;
                if (line.get().content() instanceof InThisPack own
                        && members.get(own.member()).line() == number) {
                    FileVersion version = line.get().version();
                    named.set(
                            own.member(),
                            Optional.of(new TocMember.Named(
                                    journal.memberName()
                                            .orElseGet(() -> MemberName.file(version.root(), version.path())),
                                    version.hash().orElseThrow())));
                    open.clear(own.member());
                }
            }
        }
        if (!open.isEmpty()) {
            int missing = open.nextSetBit(0);
            throw new PackFormatException("table of contents of pack "
                    + tail.header().pack().text() + " refers to line "
                    + members.get(missing).line() + " of the journal for member " + missing
                    + ", but that line tells of something else");
        }
    }

    private List<MemberEntry> entries() {
        List<MemberEntry> entries = new ArrayList<>(members.size());
        for (TocMember member : members) {
            TocMember.Named own = named.get(entries.size()).orElseThrow();
            entries.add(new MemberEntry(own.name(), own.hash(), member.frame(), member.offset(), member.sizeBytes()));
        }
        return entries;
    }
}
