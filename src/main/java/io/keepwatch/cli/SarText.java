package io.keepwatch.cli;

import io.keepwatch.history.SarRow;
import io.keepwatch.unit.ByteSize;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of {@code sar} as a table for people and as CSV for programs. */
final class SarText {
    private static final String CSV_HEAD = "at,cpu_user_ratio,cpu_system_ratio,cpu_iowait_ratio,cpu_idle_ratio,"
            + "load_one_minute,memory_available_bytes,memory_used_ratio,swap_used_ratio,swap_in_bytes_per_second,"
            + "swap_out_bytes_per_second,disk_read_bytes_per_second,disk_written_bytes_per_second,disk_busy_ratio,"
            + "network_received_bytes_per_second,network_sent_bytes_per_second\n";

    private SarText() {}

    static String table(List<SarRow> rows) {
        if (rows.isEmpty()) {
            return "nothing was recorded in this time\n";
        }
        Table table = new Table(
                "TIME",
                ">USER",
                ">SYS",
                ">IOWAIT",
                ">IDLE",
                ">LOAD",
                ">MEM",
                ">SWAP",
                ">SI/s",
                ">SO/s",
                ">READ/s",
                ">WRITE/s",
                ">BUSY",
                ">RECV/s",
                ">SENT/s");
        for (SarRow row : rows) {
            table.row(
                    FileText.time(row.at()),
                    share(row.cpuUserRatio()),
                    share(row.cpuSystemRatio()),
                    share(row.cpuIowaitRatio()),
                    share(row.cpuIdleRatio()),
                    number(row.loadOneMinute()),
                    share(row.memoryUsedRatio()),
                    share(row.swapUsedRatio()),
                    size(row.swapInBytesPerSecond()),
                    size(row.swapOutBytesPerSecond()),
                    size(row.diskReadBytesPerSecond()),
                    size(row.diskWrittenBytesPerSecond()),
                    share(row.diskBusyRatio()),
                    size(row.networkReceivedBytesPerSecond()),
                    size(row.networkSentBytesPerSecond()));
        }
        return table.toString();
    }

    static String csv(List<SarRow> rows) {
        return CSV_HEAD
                + rows.stream()
                        .map(row -> Stream.concat(
                                        Stream.of(row.at().toString()),
                                        Stream.of(
                                                        row.cpuUserRatio(),
                                                        row.cpuSystemRatio(),
                                                        row.cpuIowaitRatio(),
                                                        row.cpuIdleRatio(),
                                                        row.loadOneMinute(),
                                                        row.memoryAvailableBytes(),
                                                        row.memoryUsedRatio(),
                                                        row.swapUsedRatio(),
                                                        row.swapInBytesPerSecond(),
                                                        row.swapOutBytesPerSecond(),
                                                        row.diskReadBytesPerSecond(),
                                                        row.diskWrittenBytesPerSecond(),
                                                        row.diskBusyRatio(),
                                                        row.networkReceivedBytesPerSecond(),
                                                        row.networkSentBytesPerSecond())
                                                .map(SarText::plain))
                                .collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\n", "", rows.isEmpty() ? "" : "\n"));
    }

    private static String plain(OptionalDouble value) {
        return value.isEmpty()
                ? ""
                : new java.math.BigDecimal(value.getAsDouble())
                        .round(new java.math.MathContext(9))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String share(OptionalDouble value) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f%%", value.getAsDouble() * 100);
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
    }

    private static String size(OptionalDouble value) {
        return value.isEmpty() ? "-" : new ByteSize(Math.round(Math.max(0, value.getAsDouble()))).toString();
    }
}
