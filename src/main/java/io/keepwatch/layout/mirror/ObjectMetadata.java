package io.keepwatch.layout.mirror;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.file.Xattr;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A version as metadata of an object ({@code x-amz-meta-…}) and back, without loss. {@code mtime}, {@code mode}, {@code
 * uid}, {@code gid} and {@code rdev} are rclone's: its S3 back end reads {@code mtime} as decimal seconds (backend/s3
 * {@code Object.Metadata}), and its local one {@code mode} as octal with the file type (backend/local {@code
 * metadata.go}). What else a new catalog needs is in {@code kw-…}; values are printable ASCII.
 */
final class ObjectMetadata {
    static final String TYPE = "kw-type";
    static final String OBSERVED = "kw-observed";
    static final String HASH = "kw-sha256";
    static final String ROOT = "kw-root";
    static final String NAME = "kw-name";

    private ObjectMetadata() {}

    /** Root and path are not among it: {@link #named} adds them where the key does not tell. */
    static Map<String, String> of(FileVersion version) {
        FileMeta meta = version.meta().orElseThrow();
        FileStat stat = meta.stat();
        Map<String, String> values = new TreeMap<>();
        values.put("mtime", decimalSeconds(stat.modified()));
        values.put("mode", Integer.toOctalString(typeBits(stat.type()) | stat.mode()));
        values.put("uid", Integer.toUnsignedString(stat.uid()));
        values.put("gid", Integer.toUnsignedString(stat.gid()));
        values.put(TYPE, stat.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        values.put(OBSERVED, version.observed().toString());
        values.put("kw-size", Long.toString(stat.sizeBytes()));
        values.put("kw-ctime", decimalSeconds(stat.changed()));
        values.put("kw-dev", Long.toString(stat.device()));
        values.put("kw-inode", Long.toString(stat.inode()));
        values.put("kw-links", Integer.toString(stat.links()));
        if (stat.deviceNumber() != 0) {
            values.put("rdev", Long.toHexString(stat.deviceNumber()));
        }
        version.hash().ifPresent(hash -> values.put(HASH, hash.hex()));
        if (version.inconsistent()) {
            values.put("kw-inconsistent", "true");
        }
        meta.owner().ifPresent(owner -> values.put("kw-owner", PercentText.ascii(owner)));
        meta.group().ifPresent(group -> values.put("kw-group", PercentText.ascii(group)));
        meta.linkTarget().ifPresent(target -> values.put("kw-link", PercentText.ascii(target.toArray())));
        meta.hardLinkLeader().ifPresent(leader -> values.put("kw-leader", path(leader)));
        if (!meta.xattrs().isEmpty()) {
            values.put("kw-xattrs", xattrs(meta.xattrs()));
        }
        return values;
    }

    /** As {@link #of}, and the root and path too. */
    static Map<String, String> named(FileVersion version) {
        Map<String, String> values = of(version);
        values.put(ROOT, PercentText.ascii(version.root()));
        values.put(NAME, path(version.path()));
        return values;
    }

    /** Throws IllegalArgumentException, with what is wrong, for metadata that {@link #of} does not give. */
    static FileVersion read(String root, RawPath path, Map<String, String> values) {
        try {
            FileStat stat = new FileStat(
                    FileType.valueOf(
                            required(values, TYPE).toUpperCase(Locale.ROOT).replace('-', '_')),
                    Long.parseLong(required(values, "kw-size")),
                    instant(required(values, "mtime")),
                    instant(required(values, "kw-ctime")),
                    Long.parseLong(required(values, "kw-dev")),
                    Long.parseLong(required(values, "kw-inode")),
                    Integer.parseInt(required(values, "kw-links")),
                    Integer.parseInt(required(values, "mode"), 8) & 0xFFF,
                    Integer.parseUnsignedInt(required(values, "uid")),
                    Integer.parseUnsignedInt(required(values, "gid")),
                    Long.parseUnsignedLong(values.getOrDefault("rdev", "0"), 16));
            FileMeta meta = new FileMeta(
                    stat,
                    Optional.ofNullable(values.get("kw-owner")).map(PercentText::text),
                    Optional.ofNullable(values.get("kw-group")).map(PercentText::text),
                    Optional.ofNullable(values.get("kw-link")).map(text -> Bytes.of(PercentText.bytes(text))),
                    xattrs(values.getOrDefault("kw-xattrs", "")),
                    Optional.ofNullable(values.get("kw-leader")).map(ObjectMetadata::path));
            return new FileVersion(
                    root,
                    path,
                    Instant.parse(required(values, OBSERVED)),
                    Optional.of(meta),
                    Optional.ofNullable(values.get(HASH)).map(Sha256::ofHex),
                    values.containsKey("kw-inconsistent"));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("a time in its metadata cannot be read: " + e.getMessage(), e);
        }
    }

    /** The root itself is {@code .}, because not every store keeps an empty value. */
    static String path(RawPath path) {
        return path.isRoot() ? "." : PercentText.ascii(path.bytes());
    }

    static RawPath path(String text) {
        return text.equals(".") ? RawPath.ROOT : RawPath.of(PercentText.bytes(text));
    }

    static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("its metadata lacks " + name);
        }
        return value;
    }

    private static int typeBits(FileType type) {
        return switch (type) {
            case REGULAR -> 0x8000;
            case DIRECTORY -> 0x4000;
            case SYMLINK -> 0xA000;
            case FIFO -> 0x1000;
            case CHARACTER_DEVICE -> 0x2000;
            case BLOCK_DEVICE -> 0x6000;
            case SOCKET -> 0xC000;
        };
    }

    private static String decimalSeconds(Instant time) {
        BigDecimal seconds = BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9));
        return seconds.stripTrailingZeros().toPlainString();
    }

    private static Instant instant(String decimalSeconds) {
        BigDecimal seconds = new BigDecimal(decimalSeconds);
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(9).longValueExact();
        return Instant.ofEpochSecond(whole.longValueExact(), nanos);
    }

    /** {@code name=base64}, with a comma between two; a name's own commas and equals signs are escaped. */
    private static String xattrs(List<Xattr> xattrs) {
        Base64.Encoder base64 = Base64.getEncoder();
        return xattrs.stream()
                .map(xattr ->
                        PercentText.ascii(xattr.name()).replace(",", "%2C").replace("=", "%3D")
                                + "="
                                + base64.encodeToString(xattr.value().toArray()))
                .collect(Collectors.joining(","));
    }

    private static List<Xattr> xattrs(String text) {
        List<Xattr> xattrs = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                byte[] value = Base64.getDecoder().decode(entry.substring(equals + 1));
                xattrs.add(new Xattr(PercentText.text(entry.substring(0, equals)), Bytes.of(value)));
            } else if (!text.isEmpty()) {
                throw new IllegalArgumentException("its kw-xattrs hold \"" + entry + "\", which is not name=base64");
            }
        }
        return xattrs;
    }
}
