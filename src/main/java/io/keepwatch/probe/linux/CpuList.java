package io.keepwatch.probe.linux;

/** A list of processors as the kernel writes it: {@code 0-3,8,10-11}. */
final class CpuList {
    private CpuList() {}

    /** How many there are; 0 for an empty text. */
    static int count(String text) {
        int count = 0;
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
        }
        return count;
    }
}
