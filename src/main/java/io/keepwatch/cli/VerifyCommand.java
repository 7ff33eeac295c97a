package io.keepwatch.cli;

import io.keepwatch.backup.Verifier;
import io.keepwatch.config.Config;
import io.keepwatch.layout.VerifyReport;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.unit.Ratio;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares the bucket with the catalog. */
@Command(
        name = "verify",
        header = "Compare the bucket with the catalog.",
        description =
                "Compares the bucket with the catalog by lists (one request per 1,000 objects), and reads a random"
                        + " share of the contents if asked. Exit code 1 when something is missing or wrong.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch verify",
            "  keepwatch verify --read-data 5%%",
            "  keepwatch verify --read-data 100%% --json"
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Mixin
    private IdentityOption identity;

    @Option(
            names = "--read-data",
            paramLabel = "SHARE",
            description = "Read this share of the files and compare their hashes: 5%%.")
    private Ratio readData = new Ratio(0);

    record Result(boolean clean, VerifyReport lists, Verifier.ReadReport data, List<String> problems) {}

    @Override
    public Integer call() {
        Config config = identity.in(keepwatch.load().config());
        if (readData.value() > 0) {
            IdentityOption.require(config);
        }
        PrintWriter err = spec.commandLine().getErr();
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        try (StoredBackup backup = StoredBackup.open(config);
                BilledStore store = BilledStore.open(backup, err)) {
            Verifier verifier =
                    new Verifier(backup.catalog(), store.layout(), RandomGenerator.getDefault(), problem -> {
                        problems.add(problem);
                        err.println("keepwatch: " + problem);
                    });
            VerifyReport lists = verifier.compareLists().toCompletableFuture().join();
            Verifier.ReadReport data = verifier.readShare(readData);
            Result result = new Result(lists.isClean() && data.wrong() == 0, lists, data, List.copyOf(problems));
            output.print(result, () -> text(result));
            return result.clean() ? ExitCode.OK : ExitCode.PROBLEM;
        }
    }

    private static String text(Result result) {
        VerifyReport lists = result.lists();
        Verifier.ReadReport data = result.data();
        return (result.clean() ? "good: " : "NOT good: ") + lists.checked() + " versions compared with the bucket, "
                + lists.missing() + " missing, " + lists.different() + " different, " + lists.unknown()
                + " objects unknown to the catalog\n"
                + (data.files() == 0
                        ? ""
                        : data.files() + " files read (" + new ByteSize(data.bytes()) + "), " + data.wrong()
                                + " wrong\n");
    }
}
