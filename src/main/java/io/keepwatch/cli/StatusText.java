package io.keepwatch.cli;

import io.keepwatch.http.Status;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.unit.DurationText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The status for people: the verdict first, then the roots, the store and the bill. */
final class StatusText {
    private StatusText() {}

    static String of(Status status) {
        StringBuilder text = new StringBuilder();
        text.append(status.state().toUpperCase(java.util.Locale.ROOT))
                .append(": ")
                .append(status.summary())
                .append("\n\n");
        Table roots = new Table("ROOT", "PATH", ">FILES", ">SIZE", "WATCH", "LAST DURABLE", "LAST COMPARED");
        for (Status.Root root : status.roots()) {
            roots.row(
                    root.name(),
                    root.path(),
                    String.valueOf(root.files()),
                    new ByteSize(root.bytes()).toString(),
                    root.watch(),
                    root.lastDurable().map(FileText::time).orElse("never"),
                    root.reconcile()
                            .map(now -> "now: " + now.files() + " files so far")
                            .or(() -> root.lastReconcile().map(FileText::time))
                            .orElse("never"));
        }
        text.append(roots);
        for (Status.Root root : status.roots()) {
            root.problem()
                    .ifPresent(problem -> text.append("  ! ")
                            .append(root.name())
                            .append(": ")
                            .append(problem)
                            .append(root.remedy().map(remedy -> "; " + remedy).orElse(""))
                            .append('\n'));
        }
        Status.Backlog backlog = status.backlog();
        text.append("\nbacklog   ")
                .append(backlog.pending())
                .append(" pending, ")
                .append(backlog.uploading())
                .append(" uploading, ")
                .append(new ByteSize(backlog.bytes()))
                .append(", lag ")
                .append(DurationText.of(Duration.ofMillis((long) (backlog.lagSeconds() * 1000))))
                .append('\n');
        text.append("store     ")
                .append(status.store().location())
                .append(" (")
                .append(status.store().layout())
                .append("), ")
                .append(status.store().reachable() ? "reachable" : "NOT reachable")
                .append('\n');
        text.append("requests  ")
                .append(requests(status.requests().sinceStart()))
                .append(" since the start\n");
        text.append("          ")
                .append(requests(status.requests().thisMonth()))
                .append(" this month: ")
                .append(status.requests().costThisMonth())
                .append(' ')
                .append(status.requests().currency())
                .append('\n');
        status.budget()
                .ifPresent(budget ->
                        text.append("budget    ").append(budget(budget)).append('\n'));
        status.maintenance()
                .last()
                .ifPresent(run -> text.append("cleaned   ")
                        .append(FileText.time(run.at()))
                        .append(": ")
                        .append(run.versions())
                        .append(" versions expired, ")
                        .append(run.objects())
                        .append(" objects deleted")
                        .append(run.problem().map(problem -> "\n  ! " + problem).orElse(""))
                        .append('\n'));
        status.maintenance()
                .lastDrill()
                .ifPresent(drill -> text.append("drill     ")
                        .append(FileText.time(drill.at()))
                        .append(": ")
                        .append(drill.files())
                        .append(" files read back, ")
                        .append(drill.wrong())
                        .append(" wrong")
                        .append(drill.problem()
                                .map(problem -> "\n  ! " + problem)
                                .orElse(""))
                        .append('\n'));
        return text.toString();
    }

    static String budget(Status.Budget budget) {
        return budget.used().toPlainString() + " of " + budget.limit().toPlainString() + " " + budget.unit()
                + " this " + budget.period() + ", a flush every "
                + DurationText.of(Duration.ofMillis((long) (budget.intervalSeconds() * 1000))) + " at most";
    }

    static String requests(Map<String, Long> counts) {
        String text = new TreeMap<>(counts)
                .entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
        return Optional.of(text).filter(some -> !some.isEmpty()).orElse("none");
    }
}
