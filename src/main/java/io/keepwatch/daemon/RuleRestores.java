package io.keepwatch.daemon;

import io.keepwatch.action.Restores;
import io.keepwatch.backup.restore.OverwriteRule;
import io.keepwatch.backup.restore.RestoreReport;
import io.keepwatch.backup.restore.RestoreRequest;
import io.keepwatch.backup.restore.Restorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Restores for a step of a rule, one after the other. */
final class RuleRestores implements Restores {
    private final Restorer restorer;
    private final Executor thread;

    RuleRestores(Restorer restorer, Executor thread) {
        this.restorer = restorer;
        this.thread = thread;
    }

    @Override
    public CompletionStage<Integer> restore(Request request, BooleanSupplier cancelled) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return restored(request, cancelled);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                thread);
    }

    private int restored(Request request, BooleanSupplier cancelled) throws IOException {
        RestoreRequest plain = RestoreRequest.of(request.paths())
                .overwriting(request.overwrite() ? OverwriteRule.ALWAYS : OverwriteRule.NEVER);
        RestoreRequest timed = request.at().map(plain::at).orElse(plain);
        RestoreRequest whole = request.to().map(Path::of).map(timed::into).orElse(timed);
        RestoreReport report = restorer.restore(whole, progress -> {}, cancelled);
        if (!report.isComplete()) {
            String first = report.failedNotes().stream()
                    .findFirst()
                    .or(() -> report.skippedNotes().stream().findFirst())
                    .map(note -> note.path() + ": " + note.reason())
                    .or(report::stopped)
                    .orElse("");
            throw new IOException(report.restored() + " files were brought back, " + report.failed()
                    + " could not be and " + report.skipped() + " were left alone: " + first);
        }
        return (int) Math.min(Integer.MAX_VALUE, report.restored());
    }
}
