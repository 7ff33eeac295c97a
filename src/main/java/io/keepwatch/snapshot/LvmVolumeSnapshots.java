package io.keepwatch.snapshot;

import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.LvmReport;
import io.keepwatch.probe.linux.LvmSnapshots;
import io.keepwatch.probe.linux.MountLine;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Snapshots of logical volumes, thick and thin ones, mounted for reading. */
final class LvmVolumeSnapshots implements SnapshotKind {
    private static final Duration TIME_OUT = Duration.ofMinutes(2);
    /** What may change of a volume while its snapshot is stored, where nobody says. */
    private static final int SHARE_OF_ORIGIN = 10;

    private final Path folder;
    private final Path sys;
    private final SnapshotMount mounts;
    private final ToolRunner tools;

    LvmVolumeSnapshots(Path folder, Path sys, SnapshotMount mounts, ToolRunner tools) {
        this.folder = folder;
        this.sys = sys;
        this.mounts = mounts;
        this.tools = tools;
    }

    @Override
    public String name() {
        return "lvm";
    }

    /** Not what is stacked upon a volume, such as an encrypted one. */
    @Override
    public boolean fits(MountLine mount) {
        return mapped(mount, "uuid").filter(text -> text.startsWith("LVM-")).isPresent();
    }

    private Optional<String> mapped(MountLine mount, String what) {
        Path file =
                sys.resolve("dev/block").resolve(mount.number()).resolve("dm").resolve(what);
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            // No mapped device at all.
            return Optional.empty();
        }
    }

    @Override
    public Snapshot plan(MountLine mount, Path realPath, String name) throws IOException {
        WholeMount.require(mount, realPath);
        String volume = mapped(mount, "name")
                .map(LvmVolumeSnapshots::volume)
                .orElseThrow(() -> new IOException("the name of the volume of \"" + realPath + "\" is not known"));
        return new Snapshot(
                name(), name, volume, mount.type(), mount.point().under(Path.of("/")), folder.resolve(name));
    }

    /** The device mapper writes group-volume, and each hyphen of the names twice. */
    private static String volume(String mapped) {
        return mapped.replaceAll("(?<!-)-(?!-)", "/").replace("--", "-");
    }

    @Override
    public void make(Snapshot snapshot, Optional<ByteSize> room) throws IOException {
        LvmReport.Volume origin = new LvmReport(sys, tools)
                .read().stream()
                        .filter(volume -> volume.fullName().equals(snapshot.origin()))
                        .findFirst()
                        .orElseThrow(() -> new IOException("lvs does not show the volume " + snapshot.origin()
                                + ": Keepwatch needs root and " + Tool.LVS.packageName()));
        LvmSnapshots volumes = new LvmSnapshots(tools);
        if (origin.type().equals("thin")) {
            volumes.createThin(snapshot.origin(), snapshot.name());
        } else {
            long standard = Math.max(1, origin.sizeBytes() / SHARE_OF_ORIGIN);
            volumes.create(snapshot.origin(), snapshot.name(), room.orElse(new ByteSize(standard)));
        }
        mounts.mount(snapshot.type(), "/dev/" + volumeOf(snapshot), snapshot.place());
    }

    @Override
    public void remove(Snapshot snapshot) throws IOException {
        mounts.unmount(snapshot.place());
        tools.needGone("Failed to find logical volume", Tool.LVREMOVE, TIME_OUT, "--yes", volumeOf(snapshot));
    }

    private static String volumeOf(Snapshot snapshot) {
        return snapshot.origin().substring(0, snapshot.origin().indexOf('/') + 1) + snapshot.name();
    }
}
