package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of contents of a pack, read and checked against the frames.
 *
 * @param journalFrame the first frame of the journal, which lasts to the frame before the end of the archive
 * @param lines of the journal, without the header
 */
record Toc(Bytes journal, int journalFrame, int lines, List<TocMember> members) {
    Toc {
        members = List.copyOf(members);
    }

    /** Reads the stream to its end. */
    static Toc read(ZstdStream in, List<Frame> frames, String what) throws IOException {
        JsonCursor json = new JsonCursor(in, in::count, what);
        try {
            Toc toc = new Reader(json, frames).read();
            json.expectEnd();
            return toc;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw json.problem(String.valueOf(e.getMessage()));
        }
    }

    private static final class Reader {
        private final JsonCursor json;
        private final List<Frame> frames;
        private final List<TocMember> members = new ArrayList<>();
        private Bytes journal = Bytes.of(new byte[0]);
        private int journalFrame = -1;
        private int lines;

        Reader(JsonCursor json, List<Frame> frames) {
            this.json = json;
            this.frames = frames;
        }

        Toc read() throws IOException {
            if (!json.nextObject()) {
                throw json.problem("it is empty");
            }
            boolean versioned = false;
            for (Optional<String> field = json.nextField(); field.isPresent(); field = json.nextField()) {
                switch (field.get()) {
                    case "version" -> versioned = json.number(1) == 1;
                    case "journal" -> readJournal();
                    case "members" -> readMembers();
                    default -> json.skip();
                }
            }
            if (!versioned || journalFrame < 0) {
                throw json.problem("its version (1) or its journal is missing");
            }
            for (TocMember member : members) {
                if (member.frame() >= journalFrame || member.line() > lines) {
                    throw json.problem("a member lies in frame " + member.frame() + " and is told of in line "
                            + member.line() + ", outside of what the pack has");
                }
            }
            return new Toc(journal, journalFrame, lines, members);
        }

        private void readJournal() throws IOException {
            json.enterObject();
            for (Optional<String> field = json.nextField(); field.isPresent(); field = json.nextField()) {
                switch (field.get()) {
                    case "member" -> journal = Bytes.of(JsonText.utf8(json.text()));
                    case "lines" -> lines = json.number(Integer.MAX_VALUE);
                    case "frames" -> readJournalFrames();
                    default -> json.skip();
                }
            }
        }

        private void readJournalFrames() throws IOException {
            json.enterArray();
            json.value();
            journalFrame = json.number(frames.size());
            json.value();
            int count = json.number(frames.size());
            json.leaveArray();
            if (count < 1 || journalFrame + count != frames.size() - 2) {
                throw json.problem("the journal's frames do not end before the last two");
            }
        }

        private void readMembers() throws IOException {
            json.enterArray();
            while (json.nextObject()) {
                TocMember member = readMember();
                if (members.size() >= FrameLimits.MEMBERS) {
                    throw json.problem("it has more than " + FrameLimits.MEMBERS + " members");
                }
                if (!members.isEmpty() && members.get(members.size() - 1).compareTo(member) >= 0) {
                    throw json.problem("its members are not in the order of their places");
                }
                members.add(member);
            }
        }

        private TocMember readMember() throws IOException {
            int frame = -1;
            int offset = 0;
            int size = 0;
            int line = 0;
            Optional<Sha256> hash = Optional.empty();
            Optional<Bytes> name = Optional.empty();
            for (Optional<String> field = json.nextField(); field.isPresent(); field = json.nextField()) {
                switch (field.get()) {
                    case "frame" -> frame = json.number(frames.size() - 1);
                    case "offset" -> offset = json.number(FrameLimits.CONTENT_BYTES);
                    case "size" -> size = json.number(FrameLimits.CONTENT_BYTES);
                    case "line" -> line = json.number(Integer.MAX_VALUE);
                    case "sha256" -> hash = Optional.of(Sha256.ofHex(json.text()));
                    case "name" -> name = Optional.of(Bytes.of(JsonText.utf8(json.text())));
                    case "name64" -> name = Optional.of(Bytes.of(json.base64()));
                    default -> json.skip();
                }
            }
            if (frame < 0 || size < 1 || offset + size > frames.get(frame).contentBytes()) {
                throw json.problem("a member of " + size + " bytes at " + offset + " does not lie in a frame");
            }
            if (line == 0 && (hash.isEmpty() || name.isEmpty())) {
                throw json.problem("a member has neither a line nor a hash and a name");
            }
            return new TocMember(
                    frame,
                    offset,
                    size,
                    line,
                    line == 0
                            ? Optional.of(new TocMember.Named(name.orElseThrow(), hash.orElseThrow()))
                            : Optional.empty());
        }
    }
}
