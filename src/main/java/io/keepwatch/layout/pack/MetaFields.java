package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Xattr;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Collects the fields of a journal line that describe a file, each with the default that stands for its absence. */
final class MetaFields {
    private FileType type = FileType.REGULAR;
    private long size;
    private Optional<Instant> modified = Optional.empty();
    private Optional<Instant> changed = Optional.empty();
    private long device;
    private long inode;
    private int links = 1;
    private int mode;
    private int uid;
    private int gid;
    private long deviceNumber;
    private Optional<String> owner = Optional.empty();
    private Optional<String> group = Optional.empty();
    private Optional<Bytes> target = Optional.empty();
    private Optional<RawPath> leader = Optional.empty();
    private final List<Xattr> xattrs = new ArrayList<>();

    /** False where the field is none of these; its value is still to be read then. */
    boolean take(String field, JsonCursor json) throws IOException {
        switch (field) {
            case "type" -> type = type(json.text());
            case "size" -> size = json.natural(Long.MAX_VALUE);
            case "mtime" -> modified = Optional.of(DecimalSeconds.parse(json.text()));
            case "ctime" -> changed = Optional.of(DecimalSeconds.parse(json.text()));
            case "mode" -> mode = mode(json.text());
            case "uid" -> uid = (int) json.natural(0xFFFFFFFFL);
            case "gid" -> gid = (int) json.natural(0xFFFFFFFFL);
            case "owner" -> owner = Optional.of(json.text());
            case "group" -> group = Optional.of(json.text());
            case "dev" -> device = json.unsigned();
            case "ino" -> inode = json.unsigned();
            case "links" -> links = json.number(Integer.MAX_VALUE);
            case "rdev" -> deviceNumber = json.unsigned();
            case "target" -> target = Optional.of(Bytes.of(JsonText.utf8(json.text())));
            case "target64" -> target = Optional.of(Bytes.of(json.base64()));
            case "leader" -> leader = Optional.of(RawPath.of(json.text()));
            case "leader64" -> leader = Optional.of(RawPath.of(json.base64()));
            case "xattrs" -> takeXattrs(json);
            default -> {
                return false;
            }
        }
        return true;
    }

    FileMeta meta() {
        Instant mtime = modified.orElseThrow(() -> new IllegalArgumentException("mtime is missing"));
        FileStat stat = new FileStat(
                type, size, mtime, changed.orElse(mtime), device, inode, links, mode, uid, gid, deviceNumber);
        return new FileMeta(stat, owner, group, target, xattrs, leader);
    }

    private void takeXattrs(JsonCursor json) throws IOException {
        json.enterArray();
        while (json.nextValue()) {
            json.enterArray();
            json.value();
            String name = json.text();
            json.value();
            xattrs.add(new Xattr(name, Bytes.of(json.base64())));
            json.leaveArray();
        }
    }

    private static FileType type(String text) {
        return Arrays.stream(FileType.values())
                .filter(type -> JournalWriter.typeText(type).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no type of file"));
    }

    private static int mode(String text) {
        int mode = Integer.parseInt(text, 8);
        if (mode < 0 || mode > 07777) {
            throw new IllegalArgumentException("mode " + text + " has more than permission bits");
        }
        return mode;
    }
}
