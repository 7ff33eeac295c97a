package io.keepwatch.probe.linux;

import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolOutput;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Makes snapshots of logical volumes, and takes volumes back to them. Needs root. */
public final class LvmSnapshots {
    private static final Duration TIME_OUT = Duration.ofMinutes(2);
    private static final Pattern VOLUME =
            Pattern.compile("[A-Za-z0-9_.+][A-Za-z0-9_.+-]*/[A-Za-z0-9_.+][A-Za-z0-9_.+-]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+][A-Za-z0-9_.+-]*");
    private static final int SECTOR_BYTES = 512;

    private final ToolRunner tools;

    public LvmSnapshots(ToolRunner tools) {
        this.tools = tools;
    }

    /**
     * Makes a copy-on-write snapshot.
     *
     * @param origin as {@code group/volume}
     * @param room what may change of the origin before the snapshot is lost; rounded up to whole extents by LVM
     * @throws IOException with the words of lvcreate where it refuses
     */
    public void create(String origin, String name, ByteSize room) throws IOException {
        requireNames(origin, name);
        long sectors = (room.bytes() + SECTOR_BYTES - 1) / SECTOR_BYTES;
        tools.need(Tool.LVCREATE, TIME_OUT, "--snapshot", "--name", name, "--size", sectors + "s", origin);
    }

    /**
     * Makes a snapshot of a thin volume, which takes its room from the pool, and activates it.
     *
     * @throws IOException with the words of lvcreate where it refuses
     */
    public void createThin(String origin, String name) throws IOException {
        requireNames(origin, name);
        tools.need(
                Tool.LVCREATE,
                TIME_OUT,
                "--snapshot",
                "--setactivationskip",
                "n",
                "--activate",
                "y",
                "--name",
                name,
                origin);
    }

    /**
     * Takes an origin back to what it was when the snapshot was made; the snapshot is gone then.
     *
     * @return whether the merge waits because the origin is in use: it begins when the origin is next activated
     */
    public boolean merge(String snapshot) throws IOException {
        require(VOLUME, snapshot, "a snapshot is written group/snapshot, for example vg0/before-upgrade");
        // Otherwise lvconvert waits for the end of the merge, which may take hours.
        ToolOutput output = tools.need(Tool.LVCONVERT, TIME_OUT, "--yes", "--background", "--merge", snapshot);
        String text = output.out() + output.err();
        return text.contains("will occur on next activation") || text.contains("Delaying merge");
    }

    private static void requireNames(String origin, String name) throws IOException {
        require(VOLUME, origin, "a volume is written group/volume, for example vg0/root");
        require(NAME, name, "a name has letters, digits and . _ + - only, and does not begin with -");
    }

    private static void require(Pattern form, String text, String rule) throws IOException {
        if (!form.matcher(text).matches()) {
            throw new IOException("\"" + text + "\" cannot be used: " + rule);
        }
    }
}
