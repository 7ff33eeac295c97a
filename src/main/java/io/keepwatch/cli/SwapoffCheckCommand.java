package io.keepwatch.cli;

import io.keepwatch.probe.linux.SwapoffCheck;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether swapoff would fit into memory. */
@Command(
        name = "swapoff-check",
        header = "Say whether swapoff would fit into memory, and how sure that is.",
        description = "Compares what is in swap with the memory that is available. Changes nothing. Exit code 1 when it"
                + " would not fit, or only just.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch swapoff-check && swapoff -a", "  keepwatch swapoff-check --json | jq .verdict"})
final class SwapoffCheckCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    record Result(String verdict, long usedBytes, long neededBytes, long availableBytes, long leftBytes) {}

    @Override
    public Integer call() throws IOException {
        SwapoffCheck check = SwapoffCheck.read(HostRoot.PROC);
        Result result = new Result(
                check.verdict().name().toLowerCase(java.util.Locale.ROOT),
                check.usedBytes(),
                check.neededBytes(),
                check.availableBytes(),
                check.leftBytes());
        output.print(result, () -> text(check));
        return check.verdict() == SwapoffCheck.Verdict.FITS || check.verdict() == SwapoffCheck.Verdict.NOTHING_TO_DO
                ? ExitCode.OK
                : ExitCode.PROBLEM;
    }

    static String text(SwapoffCheck check) {
        String answer = switch (check.verdict()) {
            case NOTHING_TO_DO -> "YES: no swap is in use\n";
            case FITS ->
                "YES: it fits, and " + new ByteSize(check.leftBytes())
                        + " stay available; a program that starts meanwhile" + " may still change that\n";
            case TIGHT ->
                "NOT SURELY: it would fit, but only " + new ByteSize(check.leftBytes()) + " would stay available, less"
                        + " than a tenth of the memory; end something first\n";
            case DOES_NOT_FIT ->
                "NO: " + new ByteSize(-check.leftBytes()) + " are lacking; the kernel would kill programs\n";
        };
        return answer
                + "in swap    " + new ByteSize(check.usedBytes()) + ", of which "
                + new ByteSize(check.neededBytes()) + " are not in memory already\n"
                + "available  " + new ByteSize(check.availableBytes()) + " of " + new ByteSize(check.totalBytes())
                + "\n";
    }
}
