package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The members as the tar bytes have them, whatever the table of contents says. */
final class ArchiveMembers {
    private final ArchiveBytes archive;
    private final Bytes journal;
    private final String what;
    private final List<MemberEntry> members = new ArrayList<>();
    private int journalFrame = -1;

    private ArchiveMembers(ArchiveBytes archive, Bytes journal, String what) {
        this.archive = archive;
        this.journal = journal;
        this.what = what;
    }

    static ArchiveMembers read(ArchiveBytes archive, Bytes journal, String what) throws IOException {
        ArchiveMembers read = new ArchiveMembers(archive, journal, what);
        read.readAll();
        return read;
    }

    List<MemberEntry> members() {
        return members;
    }

    /** The frame that begins with the journal's header. */
    int journalFrame() {
        return journalFrame;
    }

    private void readAll() throws IOException {
        Optional<Bytes> longName = Optional.empty();
        while (true) {
            int headerFrame = archive.frame();
            byte[] block = archive.read(TarHeader.BLOCK);
            if (ArchiveBytes.isZero(block)) {
                if (!ArchiveBytes.isZero(archive.read(TarHeader.BLOCK)) || !archive.atEnd()) {
                    throw new PackFormatException(what + " goes on after the end of its tar archive");
                }
                return;
            }
            TarEntry entry = TarEntry.parse(block, what);
            if (entry.isLongName()) {
                byte[] name = archive.read(entry.sizeBytes());
                longName = Optional.of(Bytes.of(Arrays.copyOf(name, Math.max(0, name.length - 1))));
            } else if (entry.isFile()) {
                readMember(longName.orElse(entry.name()), entry.sizeBytes(), headerFrame);
                longName = Optional.empty();
            } else {
                throw new PackFormatException(
                        what + " has a tar entry of type '" + entry.type() + "', which no pack has");
            }
            archive.read(TarHeader.padding(entry.sizeBytes()));
        }
    }

    private void readMember(Bytes name, long sizeBytes, int headerFrame) throws IOException {
        if (name.equals(journal)) {
            journalFrame = headerFrame;
            archive.skip(sizeBytes);
            return;
        }
        int frame = archive.frame();
        int offset = archive.offset();
        byte[] content = archive.read(sizeBytes);
        members.add(new MemberEntry(name, Sha256.hash(content), frame, offset, content.length));
    }
}
