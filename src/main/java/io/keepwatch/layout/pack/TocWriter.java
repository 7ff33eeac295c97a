package io.keepwatch.layout.pack;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keepwatch.file.Bytes;
import io.keepwatch.layout.pack.ContentReference.InThisPack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Writes the table of contents. A member that a journal line tells of is known by the number of the first such line. */
final class TocWriter {
    private TocWriter() {}

    static byte[] json(List<MemberEntry> members, List<JournalLine> lines, Bytes journal, int frame, int frames)
            throws IOException {
        int[] line = firstLines(members.size(), lines);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeObjectFieldStart("journal");
            JsonText.writeBytes(json, "member", journal.toArray());
            json.writeFieldName("frames");
            json.writeArray(new int[] {frame, frames}, 0, 2);
            json.writeNumberField("lines", lines.size());
            json.writeEndObject();
            json.writeArrayFieldStart("members");
            for (int i = 0; i < line.length; i++) {
                write(json, members.get(i), line[i]);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, MemberEntry member, int line) throws IOException {
        json.writeStartObject();
        json.writeNumberField("frame", member.frame());
        if (member.offset() != 0) {
            json.writeNumberField("offset", member.offset());
        }
        json.writeNumberField("size", member.sizeBytes());
        if (line != 0) {
            json.writeNumberField("line", line);
        } else {
            json.writeStringField("sha256", member.hash().hex());
            JsonText.writeBytes(json, "name", member.name().toArray());
        }
        json.writeEndObject();
    }

    private static int[] firstLines(int members, List<JournalLine> lines) {
        int[] first = new int[members];
        int number = 0;
        for (JournalLine line : lines) {
            number++;
            if (line.content() instanceof InThisPack own && first[own.member()] == 0) {
                first[own.member()] = number;
            }
        }
        return first;
    }
}
