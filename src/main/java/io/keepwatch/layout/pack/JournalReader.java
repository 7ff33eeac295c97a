package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the lines of a journal one after the other. For one thread. */
public final class JournalReader implements Closeable {
    private final JournalStream in;
    private final JsonCursor json;
    private final int lines;
    private final List<TocMember> members;
    private final PackHeader header;
    private int number;
    private Optional<Bytes> memberName = Optional.empty();

    /** Reads the header line. */
    JournalReader(JournalStream in, Toc toc, String what) throws IOException {
        this.in = in;
        this.json = new JsonCursor(in, in::position, what);
        this.lines = toc.lines();
        this.members = toc.members();
        try {
            this.header = readHeader();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw json.problem(String.valueOf(e.getMessage()));
        }
    }

    PackHeader header() {
        return header;
    }

    /** What the member is called that the last line told of, where its name is not made of root and path. */
    Optional<Bytes> memberName() {
        return memberName;
    }

    /** Empty after the last line, once everything before it is known to be undamaged. */
    public Optional<JournalLine> next() throws IOException {
        try {
            if (!json.nextObject()) {
                json.expectEnd();
                in.expectEnd();
                if (number != lines) {
                    throw json.problem("it has " + number + " lines, but the table of contents says " + lines);
                }
                return Optional.empty();
            }
            number++;
            return Optional.of(readLine());
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw json.problem("line " + number + ": " + e.getMessage());
        }
    }

    private PackHeader readHeader() throws IOException {
        if (!json.nextObject()) {
            throw json.problem("it is empty");
        }
        boolean format = false;
        Optional<PackName> pack = Optional.empty();
        Optional<String> host = Optional.empty();
        Optional<Instant> at = Optional.empty();
        for (Optional<String> field = json.nextField(); field.isPresent(); field = json.nextField()) {
            switch (field.get()) {
                case "format" -> format = json.number(1) == 1;
                case "pack" -> pack = PackName.parse(json.text());
                case "host" -> host = Optional.of(json.text());
                case "at" -> at = Optional.of(Instant.parse(json.text()));
                default -> json.skip();
            }
        }
        if (!format || pack.isEmpty() || host.isEmpty() || at.isEmpty()) {
            throw json.problem("its first line does not tell format (1), pack, host and at");
        }
        return new PackHeader(pack.get(), host.get(), at.get());
    }

    private JournalLine readLine() throws IOException {
        Optional<JournalOp> op = Optional.empty();
        Optional<Instant> observed = Optional.empty();
        Optional<String> root = Optional.empty();
        Optional<RawPath> path = Optional.empty();
        Optional<RawPath> from = Optional.empty();
        Optional<Sha256> hash = Optional.empty();
        boolean inconsistent = false;
        MetaFields metaFields = new MetaFields();
        ContentFields contentFields = new ContentFields();
        memberName = Optional.empty();
        for (Optional<String> field = json.nextField(); field.isPresent(); field = json.nextField()) {
            switch (field.get()) {
                case "op" -> op = JournalOp.parse(json.text());
                case "observed" -> observed = Optional.of(Instant.parse(json.text()));
                case "root" -> root = Optional.of(json.text());
                case "path" -> path = Optional.of(RawPath.of(json.text()));
                case "path64" -> path = Optional.of(RawPath.of(json.base64()));
                case "from" -> from = Optional.of(RawPath.of(json.text()));
                case "from64" -> from = Optional.of(RawPath.of(json.base64()));
                case "sha256" -> hash = Optional.of(Sha256.ofHex(json.text()));
                case "inconsistent" -> inconsistent = json.truth();
                case "member" -> memberName = Optional.of(Bytes.of(JsonText.utf8(json.text())));
                case "member64" -> memberName = Optional.of(Bytes.of(json.base64()));
                default -> {
                    if (!metaFields.take(field.get(), json) && !contentFields.take(field.get(), json)) {
                        json.skip();
                    }
                }
            }
        }
        if (op.isEmpty() || observed.isEmpty() || root.isEmpty() || path.isEmpty()) {
            throw new IllegalArgumentException("op, observed, root or path is missing or unknown");
        }
        Optional<FileMeta> meta = op.get() == JournalOp.DELETE ? Optional.empty() : Optional.of(metaFields.meta());
        long sizeBytes = meta.map(known -> known.stat().sizeBytes()).orElse(0L);
        return new JournalLine(
                op.get(),
                new FileVersion(root.get(), path.get(), observed.get(), meta, hash, inconsistent),
                from,
                contentFields.reference(sizeBytes, members));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
