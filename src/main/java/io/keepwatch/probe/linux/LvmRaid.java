package io.keepwatch.probe.linux;

import io.keepwatch.probe.linux.RaidArray.Degradation;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** RAID volumes of LVM: {@code partial} lacks a disk, {@code refresh needed} has one that came back. */
final class LvmRaid implements RaidSource {
    private final LvmReport report;

    LvmRaid(LvmReport report) {
        this.report = report;
    }

    @Override
    public String kind() {
        return "lvm";
    }

    @Override
    public List<RaidArray> arrays() throws IOException {
        List<LvmReport.Volume> volumes = report.read();
        return volumes.stream()
                .filter(LvmReport.Volume::isRaid)
                .map(volume -> array(volume, members(volume, volumes)))
                .toList();
    }

    private static int members(LvmReport.Volume volume, List<LvmReport.Volume> all) {
        return (int) all.stream()
                .filter(other -> other.group().equals(volume.group())
                        && other.name().matches(java.util.regex.Pattern.quote(volume.name()) + "_rimage_\\d+"))
                .count();
    }

    private static RaidArray array(LvmReport.Volume volume, int members) {
        boolean whole = volume.health().isEmpty() || volume.health().equals("mismatches exist");
        boolean active = volume.attributes().length() > 4 && volume.attributes().charAt(4) == 'a';
        Degradation degradation = whole
                ? Degradation.NONE
                : active && !volume.type().equals("raid0") ? Degradation.DEGRADED : Degradation.FAILED;
        boolean copies = volume.copied().isPresent() && volume.copied().getAsDouble() < 1;
        String word = switch (degradation) {
            case NONE -> copies ? "resyncing" : "healthy";
            case DEGRADED -> copies ? "recovering" : "degraded";
            case FAILED -> "failed";
        };
        return new RaidArray(
                volume.fullName(),
                "lvm",
                volume.type(),
                word,
                degradation,
                members,
                degradation == Degradation.NONE ? 0 : 1,
                0,
                0,
                copies ? volume.copied() : OptionalDouble.empty(),
                OptionalLong.empty());
    }
}
