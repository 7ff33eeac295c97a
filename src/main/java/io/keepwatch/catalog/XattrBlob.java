package io.keepwatch.catalog;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Xattr;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes as one column: for each attribute its name's length (u16), the name in UTF-8, its value's length
 * (u32), the value; numbers are big-endian. No attributes are NULL.
 */
final class XattrBlob {
    private XattrBlob() {}

    static byte @Nullable [] of(List<Xattr> xattrs) {
        if (xattrs.isEmpty()) {
            return null;
        }
        int length = xattrs.stream()
                .mapToInt(xattr -> 6 + name(xattr).length + xattr.value().length())
                .sum();
        ByteBuffer blob = ByteBuffer.allocate(length);
        for (Xattr xattr : xattrs) {
            byte[] name = name(xattr);
            blob.putShort((short) name.length).put(name);
            blob.putInt(xattr.value().length()).put(xattr.value().toArray());
        }
        return blob.array();
    }

    static List<Xattr> parse(byte @Nullable [] blob) {
        if (blob == null) {
            return List.of();
        }
        List<Xattr> xattrs = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(blob);
        while (left.hasRemaining()) {
            byte[] name = new byte[Short.toUnsignedInt(left.getShort())];
            left.get(name);
            byte[] value = new byte[left.getInt()];
            left.get(value);
            xattrs.add(new Xattr(new String(name, StandardCharsets.UTF_8), Bytes.of(value)));
        }
        return List.copyOf(xattrs);
    }

    private static byte[] name(Xattr xattr) {
        return xattr.name().getBytes(StandardCharsets.UTF_8);
    }
}
