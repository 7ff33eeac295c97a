package io.keepwatch.snapshot;

import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.MountLine;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Snapshots of ZFS data sets. They are mounted, not read below {@code .zfs}: what is mounted there by itself goes away by
 * itself, and would look like an empty directory.
 */
final class ZfsSnapshots implements SnapshotKind {
    private static final Duration TIME_OUT = Duration.ofMinutes(5);

    private final Path folder;
    private final SnapshotMount mounts;
    private final ToolRunner tools;

    ZfsSnapshots(Path folder, SnapshotMount mounts, ToolRunner tools) {
        this.folder = folder;
        this.mounts = mounts;
        this.tools = tools;
    }

    @Override
    public String name() {
        return "zfs";
    }

    @Override
    public boolean fits(MountLine mount) {
        return mount.type().equals("zfs");
    }

    @Override
    public Snapshot plan(MountLine mount, Path realPath, String name) throws IOException {
        WholeMount.require(mount, realPath);
        return new Snapshot(
                name(), name, mount.source(), mount.type(), mount.point().under(Path.of("/")), folder.resolve(name));
    }

    @Override
    public void make(Snapshot snapshot, Optional<ByteSize> room) throws IOException {
        tools.need(Tool.ZFS, TIME_OUT, "snapshot", fullName(snapshot));
        mounts.mount("zfs", fullName(snapshot), snapshot.place());
    }

    @Override
    public void remove(Snapshot snapshot) throws IOException {
        mounts.unmount(snapshot.place());
        tools.needGone("could not find any snapshots to destroy", Tool.ZFS, TIME_OUT, "destroy", fullName(snapshot));
    }

    private static String fullName(Snapshot snapshot) {
        return snapshot.origin() + "@" + snapshot.name();
    }
}
