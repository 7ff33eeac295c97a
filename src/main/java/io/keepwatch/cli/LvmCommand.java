package io.keepwatch.cli;

import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.LvmReport;
import io.keepwatch.probe.linux.LvmSnapshots;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.unit.Ratio;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Snapshots of logical volumes: make one, take a volume back to one, see how full they are. */
@Command(
        name = "lvm",
        header = "Make a snapshot of a logical volume, take it back, or see how full it is.",
        description =
                "snapshot: makes a copy-on-write snapshot. merge: takes the origin back to the snapshot, which is gone"
                        + " then; where the origin is in use, at its next activation. status: volumes, snapshots and thin pools."
                        + " The first two need root.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch lvm status",
            "  keepwatch lvm snapshot vg0/root --name before-upgrade --size 5GiB",
            "  keepwatch lvm merge vg0/before-upgrade"
        })
final class LvmCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new MissingCommandException(spec.commandLine());
    }

    record Done(String volume, boolean deferred) {}

    @Command(
            name = "snapshot",
            description =
                    "Makes a copy-on-write snapshot of a logical volume. It is lost when more than its size changed.",
            footerHeading = "%nExamples:%n",
            footer = "  keepwatch lvm snapshot vg0/root --name before-upgrade --size 5GiB")
    int snapshot(
            @Mixin Output output,
            @Parameters(paramLabel = "GROUP/VOLUME", description = "The volume.") String volume,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "The snapshot's name.")
                    String name,
            @Option(
                            names = "--size",
                            required = true,
                            paramLabel = "SIZE",
                            description = "How much of the volume may change while it exists.")
                    String size)
            throws IOException {
        ByteSize room;
        try {
            room = ByteSize.parse(size);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--size: " + e.getMessage());
        }
        new LvmSnapshots(ToolRunner.ofThisHost()).create(volume, name, room);
        output.print(
                new Done(volume, false),
                () -> "snapshot " + name + " of " + volume + " is made; take it back with: keepwatch lvm merge "
                        + volume.substring(0, volume.indexOf('/') + 1) + name + "\n");
        return ExitCode.OK;
    }

    @Command(
            name = "merge",
            description = "Takes a volume back to what it was when the snapshot was made. The snapshot is gone then.",
            footerHeading = "%nExamples:%n",
            footer = "  keepwatch lvm merge vg0/before-upgrade")
    int merge(
            @Mixin Output output,
            @Parameters(paramLabel = "GROUP/SNAPSHOT", description = "The snapshot.") String snapshot)
            throws IOException {
        boolean deferred = new LvmSnapshots(ToolRunner.ofThisHost()).merge(snapshot);
        output.print(
                new Done(snapshot, deferred),
                () -> deferred
                        ? snapshot + " is merged when its origin is next activated, because the origin is in use now:"
                                + " unmount it, or restart\n"
                        : snapshot + " is being merged; keepwatch lvm status shows how much is left\n");
        return ExitCode.OK;
    }

    @Command(
            name = "status",
            description = "Shows logical volumes with their snapshots and thin pools, and how full they are.",
            footerHeading = "%nExamples:%n",
            footer = "  keepwatch lvm status --json")
    int status(@Mixin Output output) throws IOException {
        List<LvmReport.Volume> volumes = new LvmReport(HostRoot.SYS, ToolRunner.ofThisHost()).read();
        output.print(volumes, () -> text(volumes));
        return ExitCode.OK;
    }

    private static String text(List<LvmReport.Volume> volumes) {
        if (volumes.isEmpty()) {
            return "this host has no active logical volumes\n";
        }
        Table table = new Table("VOLUME", "TYPE", ">SIZE", "ORIGIN", ">USED", ">METADATA", ">COPIED", "STATE");
        for (LvmReport.Volume volume : volumes) {
            table.row(
                    volume.fullName(),
                    volume.type(),
                    new ByteSize(volume.sizeBytes()).toString(),
                    volume.origin(),
                    share(volume.used()),
                    share(volume.metadataUsed()),
                    share(volume.copied()),
                    Optional.of(volume.health())
                            .filter(health -> !health.isEmpty())
                            .orElse(volume.isMerging() ? "merging" : volume.open() ? "in use" : ""));
        }
        return table.toString();
    }

    private static String share(OptionalDouble value) {
        return value.isEmpty() ? "" : new Ratio(Math.min(1, value.getAsDouble())).toString();
    }
}
