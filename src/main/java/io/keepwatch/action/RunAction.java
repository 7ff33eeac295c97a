package io.keepwatch.action;

import io.keepwatch.action.command.Command;
import io.keepwatch.action.command.CommandResult;
import io.keepwatch.action.command.CommandRunner;
import io.keepwatch.action.command.RunningCommand;
import io.keepwatch.action.limit.Slots;
import io.keepwatch.action.wire.CloudEvent;
import io.keepwatch.action.wire.JsonText;
import io.keepwatch.unit.DisplayText;
import io.keepwatch.unit.DurationText;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.expr.Template;
import io.keepwatch.workflow.rule.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** {@code run}: a command, with the event of the run. */
final class RunAction implements Action<Verb.Run> {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private final CommandRunner runner;
    private final Optional<String> user;
    private final Slots slots;
    private final Executor workers;
    private final CommandsByRun commands = new CommandsByRun();

    /** @param user whom commands run as whose step says nobody */
    RunAction(CommandRunner runner, Optional<String> user, Slots slots, Executor workers) {
        this.runner = runner;
        this.user = user;
        this.slots = slots;
        this.workers = workers;
    }

    @Override
    public CompletionStage<Outcome> perform(Task task, Verb.Run verb) throws ExpressionException {
        Command command = new Command(
                arguments(task, verb),
                environment(task),
                verb.user().or(() -> user),
                task.step().timeout().orElse(DEFAULT_TIMEOUT),
                JsonText.of(CloudEvent.of(task.run().event())));
        CommandsByRun.Place place = commands.place(task.run().id());
        return slots.run(() -> CompletableFuture.supplyAsync(() -> run(command, place), workers))
                .whenComplete((outcome, problem) -> place.leave());
    }

    /** Ends the commands that a run has now, and does not start those that wait. Blocks until they have ended. */
    Runnable stopping(String run) {
        return commands.stopping(run);
    }

    void stopAll() {
        commands.stopAll();
    }

    private Outcome run(Command command, CommandsByRun.Place place) {
        try {
            if (place.isStopped()) {
                return stopped(Map.of());
            }
            RunningCommand running = runner.start(command);
            place.take(running);
            CommandResult result = running.await();
            return place.isStopped() ? stopped(fields(result)) : outcome(command, result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stopped(Map.of());
        }
    }

    private static Outcome stopped(Map<String, Object> fields) {
        return Outcome.failed("it was stopped, because its run or Keepwatch was", fields);
    }

    private static Outcome outcome(Command command, CommandResult result) {
        String program = DisplayText.of(command.arguments().get(0));
        if (result.timedOut()) {
            return Outcome.failed(
                    program + " did not end within " + DurationText.of(command.timeout()) + " and was stopped",
                    fields(result));
        }
        return result.exitCode() == 0
                ? Outcome.succeeded(fields(result))
                : Outcome.failed(
                        program + " ended with " + result.exitCode() + lastLine(result.stderr()), fields(result));
    }

    private static String lastLine(String stderr) {
        return stderr.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .map(line -> ": " + DisplayText.of(line.strip()))
                .orElse("");
    }

    private static Map<String, Object> fields(CommandResult result) {
        return Map.of(
                "exit_code",
                (long) result.exitCode(),
                "stdout",
                result.stdout(),
                "stderr",
                result.stderr(),
                "seconds",
                result.took().toMillis() / 1000.0);
    }

    /** An argument that yields a list stands for as many arguments. */
    private static List<String> arguments(Task task, Verb.Run verb) throws ExpressionException {
        List<String> arguments = new ArrayList<>();
        for (Template template : verb.command()) {
            Object value = template.evaluate(task.values());
            if (value instanceof Collection<?> list) {
                list.forEach(item -> arguments.add(Template.shown(item)));
            } else {
                arguments.add(Template.shown(value));
            }
        }
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("there is no program to run: the expression yields an empty list");
        }
        return arguments;
    }

    private static Map<String, String> environment(Task task) throws ExpressionException {
        Map<String, String> environment = new LinkedHashMap<>();
        task.step().env().evaluate(task.values()).forEach((name, value) -> {
            if (name.isEmpty() || name.contains("=") || name.startsWith("RULE_")) {
                throw new IllegalArgumentException(
                        "env: \"" + name + "\" cannot be set: it is empty, has a = in it, or begins with RULE_");
            }
            environment.put(name, Template.shown(value));
        });
        environment.put("RULE_RUN_ID", task.run().id());
        environment.put("RULE_IDEMPOTENCY_KEY", task.idempotencyKey());
        return environment;
    }
}
