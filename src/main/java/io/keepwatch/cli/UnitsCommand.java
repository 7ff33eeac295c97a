package io.keepwatch.cli;

import io.keepwatch.unit.ByteSize;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a size with binary and with SI units. */
@Command(
        name = "units",
        header = "Show a size with binary and SI units side by side.",
        description =
                "Shows a size in bytes, with binary units (GiB, 1,024) and with SI units (GB, 1,000). A bare letter"
                        + " such as 20G means one to some programs and the other to others, so both are shown.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch units 500GiB", "  keepwatch units 20G", "  keepwatch units 4TB --json | jq '.[0].bytes'"
        })
final class UnitsCommand implements Callable<Integer> {
    private static final Pattern BARE = Pattern.compile("([0-9.]+)\\s*([kKMGT])");

    @Mixin
    private Output output;

    @Parameters(paramLabel = "SIZE", description = "A number with B, kB, MB, GB, TB, KiB, MiB, GiB or TiB.")
    private String size;

    record Result(String text, long bytes, String binary, String si) {}

    @Override
    public Integer call() {
        Matcher bare = BARE.matcher(size.strip());
        List<Result> results = bare.matches()
                ? Stream.of("iB", "B")
                        .map(end -> result(bare.group(1) + letter(bare.group(2), end) + end))
                        .toList()
                : List.of(result(size));
        output.print(results, () -> text(results));
        return ExitCode.OK;
    }

    private static String letter(String letter, String end) {
        return letter.equalsIgnoreCase("k") ? end.equals("B") ? "k" : "K" : letter;
    }

    private static Result result(String text) {
        try {
            ByteSize parsed = ByteSize.parse(text);
            return new Result(text, parsed.bytes(), parsed.toString(), parsed.toSi());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static String text(List<Result> results) {
        Table table = new Table("SIZE", ">BYTES", ">BINARY", ">SI");
        results.forEach(
                result -> table.row(result.text(), String.valueOf(result.bytes()), result.binary(), result.si()));
        return table.toString();
    }
}
