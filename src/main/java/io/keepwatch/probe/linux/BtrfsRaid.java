package io.keepwatch.probe.linux;

import io.keepwatch.probe.linux.RaidArray.Degradation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * btrfs file systems on several devices, from /sys/fs/btrfs alone: devices that are missing, and the errors that the kernel
 * counted on those that are there.
 */
final class BtrfsRaid implements RaidSource {
    private static final Pattern ERRORS =
            Pattern.compile("(?:write_errs|read_errs|corruption_errs|generation_errs) (\\d+)");

    private final Path btrfs;

    BtrfsRaid(Path sys) {
        this.btrfs = sys.resolve("fs/btrfs");
    }

    @Override
    public String kind() {
        return "btrfs";
    }

    @Override
    public List<RaidArray> arrays() throws IOException {
        List<RaidArray> arrays = new ArrayList<>();
        for (Path fileSystem : KernelFile.entries(btrfs)) {
            List<Path> devices = KernelFile.entries(fileSystem.resolve("devinfo"));
            if (devices.size() > 1) {
                arrays.add(array(fileSystem, devices));
            }
        }
        return arrays;
    }

    private static RaidArray array(Path fileSystem, List<Path> devices) {
        int missing = 0;
        int failing = 0;
        for (Path device : devices) {
            missing += KernelFile.tolerant(device.resolve("missing")).orElse(0) == 1 ? 1 : 0;
            failing += hasErrors(device) ? 1 : 0;
        }
        String uuid = String.valueOf(fileSystem.getFileName());
        String label = KernelFile.tolerantText(fileSystem.resolve("label")).orElse("");
        Degradation degradation = missing + failing > 0 ? Degradation.DEGRADED : Degradation.NONE;
        return new RaidArray(
                label.isEmpty() ? uuid : label,
                "btrfs",
                "btrfs",
                missing > 0 ? "degraded" : failing > 0 ? "errors" : "healthy",
                degradation,
                devices.size(),
                missing,
                failing,
                0,
                OptionalDouble.empty(),
                OptionalLong.empty());
    }

    private static boolean hasErrors(Path device) {
        Matcher matcher = ERRORS.matcher(
                KernelFile.tolerantText(device.resolve("error_stats")).orElse(""));
        while (matcher.find()) {
            if (Long.parseLong(matcher.group(1)) > 0) {
                return true;
            }
        }
        return false;
    }
}
