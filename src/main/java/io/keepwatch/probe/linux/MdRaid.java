package io.keepwatch.probe.linux;

import io.keepwatch.probe.linux.RaidArray.Degradation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Software RAID of the kernel. A check, a resync of a whole array and a reshape are no degradation, although /proc/mdstat
 * may show a slot as not in use meanwhile; the kernel's own count in /sys decides where it is there.
 */
final class MdRaid implements RaidSource {
    private static final Set<String> PARITY = Set.of("raid4", "raid5", "raid6");
    private static final Set<String> OPERATIONS = Set.of("recovery", "resync", "reshape", "check", "repair");

    private final Path proc;
    private final Path sys;

    MdRaid(Path proc, Path sys) {
        this.proc = proc;
        this.sys = sys;
    }

    @Override
    public String kind() {
        return "md";
    }

    @Override
    public List<RaidArray> arrays() throws IOException {
        // Containers of firmware RAID hold the arrays that are listed beside them.
        return MdStat.parse(KernelFile.lines(proc.resolve("mdstat"))).stream()
                .filter(array -> !array.container())
                .map(this::array)
                .toList();
    }

    private RaidArray array(MdStat array) {
        Path md = sys.resolve("block").resolve(array.name()).resolve("md");
        String kernelState = KernelFile.tolerantText(md.resolve("array_state")).orElse("");
        OptionalLong degraded = KernelFile.tolerant(md.resolve("degraded"));
        Optional<String> operation = operation(array, md);
        boolean reshapes = operation.filter("reshape"::equals).isPresent();
        int missing = degraded.isPresent()
                ? (int) degraded.getAsLong()
                : reshapes ? Math.min(array.failed(), array.missingSlots()) : array.missingSlots();
        Degradation degradation = degradation(array, missing, kernelState);
        return new RaidArray(
                array.name(),
                "md",
                array.level(),
                state(array, operation, degradation),
                degradation,
                array.slots().isEmpty()
                        ? array.devices() - array.spares()
                        : array.slots().length(),
                missing,
                array.failed(),
                array.spares(),
                array.progress(),
                mismatches(array, md));
    }

    /** /proc/mdstat calls a repair, and a check that waits for another array, a resync. */
    private static Optional<String> operation(MdStat array, Path md) {
        return KernelFile.tolerantText(md.resolve("sync_action"))
                .map(action -> action.equals("recover") ? "recovery" : action)
                .filter(OPERATIONS::contains)
                .or(array::operation);
    }

    private static OptionalLong mismatches(MdStat array, Path md) {
        // Mirrors of swap and of mapped files differ for a moment without any damage.
        boolean meanDamage = PARITY.contains(array.level());
        // The first resync of RAID 6 counts all that it writes, and the number stays until the next check.
        boolean checked = KernelFile.tolerantText(md.resolve("last_sync_action"))
                .map("check"::equals)
                .orElse(true);
        return meanDamage && checked ? KernelFile.tolerant(md.resolve("mismatch_cnt")) : OptionalLong.empty();
    }

    private static Degradation degradation(MdStat array, int missing, String kernelState) {
        boolean down =
                !array.active() || array.broken() || kernelState.equals("broken") || kernelState.equals("inactive");
        boolean lost = switch (array.level()) {
            case "raid1" -> missing >= array.slots().length();
            case "raid4", "raid5" -> missing > 1;
            case "raid6" -> missing > 2;
            case "raid10" -> missing > 0 && hasLostMirror(array);
            default -> array.failed() > 0;
        };
        if (down || lost) {
            return Degradation.FAILED;
        }
        return missing > 0 ? Degradation.DEGRADED : Degradation.NONE;
    }

    /** With near copies, neighbouring slots hold the same data. */
    private static boolean hasLostMirror(MdStat array) {
        String slots = array.slots();
        int copies = array.nearCopies();
        boolean plain = copies > 1 && slots.length() % copies == 0;
        for (int i = 0; plain && i < slots.length(); i += copies) {
            if (slots.substring(i, i + copies).indexOf('U') < 0) {
                return true;
            }
        }
        return slots.indexOf('U') < 0;
    }

    private static String state(MdStat array, Optional<String> operation, Degradation degradation) {
        if (!array.active()) {
            return "inactive";
        }
        if (degradation == Degradation.FAILED) {
            return "failed";
        }
        return operation
                .map(work -> switch (work) {
                    // A member that works is copied to the disk that stands in for it.
                    case "recovery" -> degradation == Degradation.NONE ? "replacing" : "recovering";
                    case "resync" -> degradation == Degradation.NONE ? "resyncing" : "degraded";
                    case "reshape" -> "reshaping";
                    case "check" -> "checking";
                    default -> "repairing";
                })
                .orElse(degradation == Degradation.NONE ? "healthy" : "degraded");
    }
}
