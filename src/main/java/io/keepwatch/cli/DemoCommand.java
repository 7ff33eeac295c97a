package io.keepwatch.cli;

import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.daemon.Daemon;
import io.keepwatch.http.Status;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.unit.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The main job on an example folder and an embedded S3 server: nothing to configure, no account. */
@Command(
        name = "demo",
        header = "See the whole of it on an example folder, with nothing to configure.",
        description =
                "Watches an example folder, backs it up to an embedded S3 server, changes a file and restores it, all in"
                        + " one new directory. Then it goes on watching until Ctrl-C, so that you can try it yourself.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch demo",
            "  keepwatch demo --once              end after the tour",
            "  keepwatch demo --dir ./try-it"
        })
final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where to make everything. Default: a new temporary directory.")
    private Optional<Path> dir = Optional.empty();

    @Option(names = "--once", description = "End after the tour.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoFolder demo = DemoFolder.make(dir);
        Config config =
                new ConfigLoader(keepwatch.machine()).load(demo.configFile()).config();
        say("Everything of this demo lies in " + demo.directory());
        Daemon daemon = RunCommand.start(config);
        try {
            tour(demo, config, daemon);
        } catch (RuntimeException | IOException | InterruptedException e) {
            daemon.close();
            throw e;
        }
        if (once) {
            daemon.close();
            return ExitCode.OK;
        }
        new StopSignal(daemon, Duration.ofSeconds(10)).install();
        invite(demo, daemon);
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private void tour(DemoFolder demo, Config config, Daemon daemon) throws IOException, InterruptedException {
        Instant began = Instant.now();
        Status first = await(daemon, status -> status.state().equals("current") && files(status) >= demo.files());
        say("1. " + files(first) + " files ("
                + new ByteSize(first.roots().get(0).bytes()) + ") of " + demo.watched() + " are durable, "
                + since(began) + " after the start");

        Instant changed = demo.changeAFile();
        await(
                daemon,
                status -> status.state().equals("current")
                        && status.roots()
                                .get(0)
                                .lastDurable()
                                .filter(at -> at.isAfter(changed))
                                .isPresent());
        say("2. a changed file was durable " + since(changed) + " after the change");

        Path target = demo.directory().resolve("restored");
        int code = spec.root()
                .commandLine()
                .execute(
                        "restore",
                        config.roots().get(0).name(),
                        "--to",
                        target.toString(),
                        "--config",
                        demo.configFile().toString());
        boolean same = code == ExitCode.OK && Files.mismatch(demo.changedFile(), target.resolve("notes/todo.txt")) < 0;
        if (!same) {
            throw new CommandFailure(
                    ExitCode.PROBLEM, "the restored files differ from the watched ones; see the lines above");
        }
        say("3. restored to " + target + ": the changed file is the same, byte for byte");
    }

    private void invite(DemoFolder demo, Daemon daemon) {
        String keepwatchHere = "keepwatch --config " + demo.configFile();
        say("");
        say("It goes on watching. Open the dashboard: http://127.0.0.1:" + daemon.port() + "/");
        say("Try in another terminal:");
        say("  echo hello >> " + demo.changedFile());
        say("  " + keepwatchHere + " status --watch");
        say("  " + keepwatchHere + " versions " + demo.changedFile());
        say("  rm -r " + demo.watched() + "/notes; " + keepwatchHere + " restore --at 1m " + demo.watched() + "/notes");
        say("Ctrl-C ends it; remove " + demo.directory() + " when you are done.");
    }

    private static long files(Status status) {
        return status.roots().get(0).files();
    }

    private Status await(Daemon daemon, Predicate<Status> condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Status status = daemon.status().toCompletableFuture().join();
        while (!condition.test(status)) {
            if (System.nanoTime() - deadline > 0) {
                throw new CommandFailure(
                        ExitCode.PROBLEM,
                        "the demo waited " + PATIENCE.toSeconds() + " s in vain: " + status.summary());
            }
            Thread.sleep(50);
            status = daemon.status().toCompletableFuture().join();
        }
        return status;
    }

    private static String since(Instant time) {
        return DurationText.of(Duration.between(time, Instant.now()));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
