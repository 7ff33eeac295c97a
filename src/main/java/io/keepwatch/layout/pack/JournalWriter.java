package io.keepwatch.layout.pack;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.Sha256;
import io.keepwatch.file.Xattr;
import io.keepwatch.layout.pack.ContentReference.Elsewhere;
import io.keepwatch.layout.pack.ContentReference.InThisPack;
import io.keepwatch.layout.pack.ContentReference.Segments;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Writes a journal as docs/pack-format.md describes it; what has its default is left out. */
final class JournalWriter implements Closeable {
    private final JsonGenerator json;
    private final List<MemberEntry> members;

    JournalWriter(OutputStream out, List<MemberEntry> members) throws IOException {
        this.json = JsonText.FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        this.members = members;
    }

    void write(PackHeader header) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", 1);
        json.writeStringField("pack", header.pack().text());
        json.writeStringField("host", header.host());
        json.writeStringField("at", header.at().toString());
        json.writeEndObject();
    }

    void write(JournalLine line) throws IOException {
        FileVersion version = line.version();
        json.writeStartObject();
        json.writeStringField("op", line.op().text());
        json.writeStringField("observed", version.observed().toString());
        json.writeStringField("root", version.root());
        JsonText.writeBytes(json, "path", version.path().bytes());
        if (line.from().isPresent()) {
            JsonText.writeBytes(json, "from", line.from().get().bytes());
        }
        if (version.meta().isPresent()) {
            write(version.meta().get());
        }
        if (version.inconsistent()) {
            json.writeBooleanField("inconsistent", true);
        }
        if (version.hash().isPresent()) {
            json.writeStringField("sha256", version.hash().get().hex());
        }
        write(version, line.content());
        json.writeEndObject();
    }

    private void write(FileMeta meta) throws IOException {
        FileStat stat = meta.stat();
        if (stat.type() != FileType.REGULAR) {
            json.writeStringField("type", typeText(stat.type()));
        }
        writeUnlessZero("size", stat.sizeBytes());
        json.writeStringField("mtime", DecimalSeconds.text(stat.modified()));
        if (!stat.changed().equals(stat.modified())) {
            json.writeStringField("ctime", DecimalSeconds.text(stat.changed()));
        }
        json.writeStringField("mode", Integer.toOctalString(stat.mode()));
        writeUnlessZero("uid", Integer.toUnsignedLong(stat.uid()));
        writeUnlessZero("gid", Integer.toUnsignedLong(stat.gid()));
        if (meta.owner().isPresent()) {
            json.writeStringField("owner", meta.owner().get());
        }
        if (meta.group().isPresent()) {
            json.writeStringField("group", meta.group().get());
        }
        writeUnlessZero("dev", stat.device());
        writeUnlessZero("ino", stat.inode());
        if (stat.links() != 1) {
            json.writeNumberField("links", stat.links());
        }
        writeUnlessZero("rdev", stat.deviceNumber());
        if (meta.linkTarget().isPresent()) {
            JsonText.writeBytes(json, "target", meta.linkTarget().get().toArray());
        }
        if (meta.hardLinkLeader().isPresent()) {
            JsonText.writeBytes(json, "leader", meta.hardLinkLeader().get().bytes());
        }
        writeXattrs(meta.xattrs());
    }

    private void writeXattrs(List<Xattr> xattrs) throws IOException {
        if (xattrs.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("xattrs");
        for (Xattr xattr : xattrs) {
            json.writeStartArray();
            json.writeString(xattr.name());
            byte[] value = xattr.value().toArray();
            JsonText.checkLength(xattr.name(), value);
            json.writeString(Base64.getEncoder().encodeToString(value));
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void write(FileVersion version, ContentReference content) throws IOException {
        if (content instanceof InThisPack own) {
            MemberEntry member = members.get(own.member());
            checkMember(version, member);
            Bytes usual = MemberName.file(version.root(), version.path());
            if (!member.name().equals(usual)) {
                JsonText.writeBytes(json, "member", member.name().toArray());
            }
            json.writeNumberField("frame", member.frame());
            writeUnlessZero("offset", member.offset());
        } else if (content instanceof Elsewhere other) {
            ChunkPlace place = other.place();
            checkSize(version, place.sizeBytes());
            json.writeStringField("in", place.pack().text());
            json.writeArrayFieldStart("range");
            json.writeNumber(place.frameOffset());
            json.writeNumber(place.frameBytes());
            json.writeEndArray();
            writeUnlessZero("offset", place.innerOffset());
        } else if (content instanceof Segments segments) {
            checkSize(
                    version,
                    segments.parts().stream().mapToLong(Segment::sizeBytes).sum());
            json.writeArrayFieldStart("segments");
            for (Segment part : segments.parts()) {
                json.writeStartArray();
                json.writeString(part.hash().hex());
                json.writeNumber(part.sizeBytes());
                json.writeEndArray();
            }
            json.writeEndArray();
        }
    }

    private void writeUnlessZero(String name, long value) throws IOException {
        if (value != 0) {
            json.writeFieldName(name);
            json.writeNumber(Long.toUnsignedString(value));
        }
    }

    private static void checkMember(FileVersion version, MemberEntry member) {
        checkSize(version, member.sizeBytes());
        Sha256 hash = version.hash().orElseThrow();
        if (!hash.equals(member.hash())) {
            throw new IllegalArgumentException("the journal line of \"" + version.path() + "\" has the hash " + hash
                    + ", but the member it names has " + member.hash());
        }
    }

    private static void checkSize(FileVersion version, long contentBytes) {
        long size = version.meta().orElseThrow().stat().sizeBytes();
        if (size != contentBytes) {
            throw new IllegalArgumentException("\"" + version.path() + "\" has " + size
                    + " bytes by its metadata, but its stored content has " + contentBytes);
        }
    }

    static String typeText(FileType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Ends the last line. The stream stays open. */
    @Override
    public void close() throws IOException {
        json.writeRaw('\n');
        json.close();
    }
}
