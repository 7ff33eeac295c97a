package io.keepwatch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** x */
@Command(name = "demo", description = "x", footer = "x")
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
