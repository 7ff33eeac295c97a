package io.keepwatch.probe.linux;

import io.keepwatch.file.RawPath;
import io.keepwatch.unit.DisplayText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mount as a line of {@code /proc/self/mountinfo} tells of it.
 *
 * @param point counts from {@code /}
 * @param within the directory of the file system that is mounted, safe to show; of some pseudo file systems no path
 * @param number of the device, as major:minor
 * @param source what is mounted, safe to show
 */
public record MountLine(RawPath point, String within, String number, String type, String source, boolean readOnly) {

    /** The mounts as this process sees them; a later one at the same place hides the earlier one. */
    public static List<MountLine> list(Path mountInfo) throws IOException {
        Map<RawPath, MountLine> byPoint = new LinkedHashMap<>();
        for (String text : KernelFile.lines(mountInfo)) {
            MountLine line = parse(mountInfo, text);
            byPoint.remove(line.point);
            byPoint.put(line.point, line);
        }
        return List.copyOf(byPoint.values());
    }

    private static MountLine parse(Path file, String line) throws IOException {
        List<String> fields = Arrays.asList(line.split(" ", -1));
        int separator = fields.indexOf("-");
        if (separator < 6 || fields.size() < separator + 3) {
            throw new IOException(file + " has a line that is no mount: \"" + DisplayText.of(line) + "\"");
        }
        List<String> superOptions = fields.size() > separator + 3
                ? Arrays.asList(fields.get(separator + 3).split(",", -1))
                : List.of();
        return new MountLine(
                path(fields.get(4)),
                DisplayText.of(unescape(fields.get(3))),
                fields.get(2),
                fields.get(separator + 1),
                DisplayText.of(unescape(fields.get(separator + 2))),
                Arrays.asList(fields.get(5).split(",", -1)).contains("ro") || superOptions.contains("ro"));
    }

    /** Whether all of the file system is mounted, and not one directory of it. */
    public boolean isWhole() {
        return within.equals("/");
    }

    private static RawPath path(String field) {
        byte[] path = unescape(field);
        return RawPath.of(Arrays.copyOfRange(path, 1, path.length));
    }

    /** The kernel writes space, tab, newline and backslash as a backslash and three octal digits. */
    private static byte[] unescape(String field) {
        byte[] in = field.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '\\' && i + 3 < in.length) {
                out.write(Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.write(in[i]);
            }
        }
        return out.toByteArray();
    }
}
