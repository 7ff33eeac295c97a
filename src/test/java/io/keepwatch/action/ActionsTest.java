package io.keepwatch.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.action.send.MemoryOutbox;
import io.keepwatch.action.send.OutboxSender;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.config.Secrets;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionsTest {
    private static final Clock CLOCK = Clock.fixed(StepTasks.NOW, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<Backups.Request> backups = new ArrayList<>();
    private final List<Restores.Request> restores = new ArrayList<>();
    private final List<BooleanSupplier> restoresStop = new ArrayList<>();
    private CompletableFuture<Integer> restored = CompletableFuture.completedFuture(7);
    private final List<String> volumes = new ArrayList<>();
    private CompletionStage<Backups.Done> backupResult =
            CompletableFuture.completedFuture(new Backups.Done(3, Optional.empty()));
    private OutboxSender sender;
    private Actions actions;

    @BeforeEach
    void make() throws IOException {
        Path file = Files.writeString(
                folder.resolve("keepwatch.yml"), "host: web-1\nstate: " + folder + "/state\nrules: {commands: 2}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Machine machine = Machine.current();
        Config config = new ConfigLoader(machine).load(file).config();
        Secrets secrets = Secrets.of(Map.of("token", "(secret token)"));
        sender = new OutboxSender(vertx, new MemoryOutbox(), config.rules(), secrets, CLOCK, () -> 0.5, event -> {});
        Services services = new Services(
                request -> {
                    backups.add(request);
                    return backupResult;
                },
                (request, cancelled) -> {
                    restores.add(request);
                    restoresStop.add(cancelled);
                    return restored;
                },
                (type, subject) -> subject.equals("/gone")
                        ? CompletableFuture.failedFuture(new IOException("there is no /gone; (secret token)"))
                        : CompletableFuture.completedFuture(
                                new Measurements.Answer(subject, Map.of("type", type, "used_percent", 91.0))),
                new RecordedSnapshots(volumes));
        actions = new Actions(config, machine, secrets, sender, services, CLOCK);
    }

    @AfterEach
    void close() throws Exception {
        actions.close();
        sender.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private Outcome perform(String step) throws Exception {
        return perform(StepTasks.of(step));
    }

    private Outcome perform(Task task) throws Exception {
        return actions.perform(task).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void run_leaves_what_the_language_promises() throws Exception {
        Outcome outcome = perform("{run: [sh, -c, 'echo \"$1\"; echo oh no >&2; exit 4', sh, \"${event.subject}\"]}");
        assertThat(outcome.ok()).isFalse();
        assertThat(outcome.error()).isEqualTo("sh ended with 4: oh no");
        assertThat(outcome.fields()).containsOnlyKeys("exit_code", "stdout", "stderr", "seconds");
        assertThat(outcome.fields()).containsEntry("exit_code", 4L).containsEntry("stdout", "/var\n");
        assertThat(outcome.fields().get("seconds")).isInstanceOf(Double.class);
    }

    @Test
    void a_command_gets_ids_and_the_evaluated_environment_and_no_secret_comes_back() throws Exception {
        Outcome outcome =
                perform("{id: show, run: [sh, -c, 'echo $RULE_RUN_ID $RULE_IDEMPOTENCY_KEY $USED $TOKEN; cat'],"
                        + " env: {USED: \"${event.data.used_percent}\", TOKEN: \"${secret('token')}\"}}");
        assertThat(outcome.ok()).isTrue();
        String out = String.valueOf(outcome.fields().get("stdout"));
        assertThat(out).startsWith("run-1 run-1/show 92.5 ***\n{\"specversion\":\"1.0\",\"id\":\"e1\"");
        assertThat(out).contains("\"type\":\"io.keepwatch.disk.usage.v1\"").contains("\"used_percent\":92.5");
    }

    @Test
    void a_command_that_takes_too_long_has_failed() throws Exception {
        Outcome outcome = perform("{run: [sleep, 300], timeout: 200ms}");
        assertThat(outcome.error()).isEqualTo("sleep did not end within 200ms and was stopped");
        assertThat(outcome.fields()).containsEntry("exit_code", 143L);
    }

    @Test
    void a_program_that_is_missing_is_a_failed_step() throws Exception {
        assertThat(perform("{run: [no-such-program]}").error()).startsWith("there is no program \"no-such-program\"");
    }

    @Test
    void an_argument_that_is_a_list_becomes_several() throws Exception {
        Task task = StepTasks.of("{run: [printf, \"%s|\", \"${paths_on(event.subject)}\", end]}");
        assertThat(perform(task).fields()).containsEntry("stdout", "(paths on /var)|end|");
    }

    @Test
    void commands_beyond_the_limit_wait_and_a_stopped_run_starts_none_of_them() throws Exception {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String step = "{run: [sh, -c, 'touch %s/%d; sleep 300']}".formatted(folder, i);
            outcomes.add(actions.perform(StepTasks.of(StepTasks.FULL, step, "run-" + i))
                    .toCompletableFuture());
        }
        Awaitility.await().until(() -> Files.exists(folder.resolve("0")) && Files.exists(folder.resolve("1")));
        assertThat(folder.resolve("2")).doesNotExist();
        actions.stop("run-2");
        actions.stop("run-0");
        assertThat(outcomes.get(0).get(30, TimeUnit.SECONDS).error()).contains("it was stopped");
        assertThat(outcomes.get(2).get(30, TimeUnit.SECONDS).error()).contains("it was stopped");
        assertThat(folder.resolve("2")).doesNotExist();
        assertThat(outcomes.get(1)).isNotDone();
    }

    @Test
    void backup_asks_for_paths_and_tells_how_many_changes_there_were() throws Exception {
        Outcome outcome = perform("{backup: [/etc, /srv], with: {priority: high, wait: true}}");
        assertThat(outcome).isEqualTo(Outcome.succeeded(Map.of("changes", 3L, "snapshot_at", "")));
        assertThat(backups).containsExactly(new Backups.Request(List.of("/etc", "/srv"), true, true, Optional.empty()));
    }

    @Test
    void a_backup_from_a_snapshot_tells_its_time() throws Exception {
        backupResult = CompletableFuture.completedFuture(new Backups.Done(3, Optional.of(StepTasks.NOW)));
        assertThat(perform("{backup: /srv, with: {from: snapshot, size: 5GiB}}").fields())
                .containsEntry("snapshot_at", "2026-01-02T03:04:05Z");
        assertThat(backups.get(0).snapshot()).contains(new Backups.FromSnapshot(Optional.of(ByteSize.parse("5GiB"))));
        assertThat(perform("{backup: /srv, with: {from: \"${'tape'}\"}}").error())
                .isEqualTo("from: \"tape\" is not one of files, snapshot");
    }

    @Test
    void a_backup_that_takes_too_long_has_failed() throws Exception {
        backupResult = new CompletableFuture<>();
        assertThat(perform("{backup: /etc, timeout: 50ms}").error()).isEqualTo("backup did not end within 50ms");
    }

    @Test
    void restore_understands_times_and_times_ago() throws Exception {
        assertThat(perform("{restore: /etc/hosts, with: {at: 2h, to: /tmp/x, overwrite: true}}")
                        .fields())
                .containsEntry("files", 7L);
        perform("{restore: /etc/hosts, with: {at: \"2026-01-01T00:00:00+01:00\"}}");
        perform("{restore: /etc/hosts}");
        assertThat(restores)
                .containsExactly(
                        new Restores.Request(
                                List.of("/etc/hosts"),
                                Optional.of("/tmp/x"),
                                Optional.of(Instant.parse("2026-01-02T01:04:05Z")),
                                true),
                        new Restores.Request(
                                List.of("/etc/hosts"),
                                Optional.empty(),
                                Optional.of(Instant.parse("2025-12-31T23:00:00Z")),
                                false),
                        new Restores.Request(List.of("/etc/hosts"), Optional.empty(), Optional.empty(), false));
        assertThat(perform("{restore: /etc/hosts, with: {at: soon}}").error()).contains("\"soon\" is not a time");
        assertThat(perform("{restore: \"${event.data.device}\"}").error()).contains("not an absolute path");
    }

    @Test
    void a_restore_is_told_that_its_run_gave_way_and_what_the_run_does_later_is_not() throws Exception {
        restored = new CompletableFuture<>();
        CompletableFuture<Outcome> first = actions.perform(StepTasks.of(StepTasks.FULL, "{restore: /etc}", "run-1"))
                .toCompletableFuture();
        CompletableFuture<Outcome> other = actions.perform(StepTasks.of(StepTasks.FULL, "{restore: /etc}", "run-2"))
                .toCompletableFuture();
        actions.stop("run-1");
        CompletableFuture<Outcome> later = actions.perform(StepTasks.of(StepTasks.FULL, "{restore: /etc}", "run-1"))
                .toCompletableFuture();
        assertThat(restoresStop).extracting(BooleanSupplier::getAsBoolean).containsExactly(true, false, false);
        restored.completeExceptionally(new IOException("3 files were brought back"));
        assertThat(CompletableFuture.allOf(first, other, later)).succeedsWithin(Duration.ofSeconds(30));
        assertThat(first.get().error()).isEqualTo("3 files were brought back");
    }

    @Test
    void lvm_makes_a_snapshot_and_takes_the_volume_back_to_it() throws Exception {
        assertThat(perform("{lvm: snapshot, with: {volume: vg0/root, name: \"before-${event.id}\", size: 5GiB}}"))
                .isEqualTo(Outcome.succeeded(Map.of("snapshot", "vg0/before-e1", "deferred", false)));
        assertThat(perform("{lvm: merge, with: {volume: vg0/root, name: before-e1}}"))
                .isEqualTo(Outcome.succeeded(Map.of("snapshot", "vg0/before-e1", "deferred", true)));
        assertThat(volumes).containsExactly("create vg0/root before-e1 5.0 GiB", "merge vg0/before-e1");
    }

    @Test
    void lvm_names_the_value_that_an_expression_left_empty_or_wrong() throws Exception {
        assertThat(perform("{lvm: merge, with: {volume: vg0/root, name: \"${''}\"}}")
                        .error())
                .isEqualTo("name: this step needs one, but it is empty");
        assertThat(perform("{lvm: merge, with: {volume: \"${'root'}\", name: x}}")
                        .error())
                .contains("\"root\" is not a volume");
        assertThat(perform("{lvm: snapshot, with: {volume: vg0/root, name: x, size: \"${'5G'}\"}}")
                        .error())
                .startsWith("size: ");
    }

    @Test
    void probe_measures_the_subject_of_the_event_or_another_one() throws Exception {
        assertThat(perform("{probe: disk.usage}").fields())
                .isEqualTo(Map.of("subject", "/var", "data", Map.of("type", "disk.usage", "used_percent", 91.0)));
        assertThat(perform("{probe: disk.usage, with: {subject: /srv}}").fields())
                .containsEntry("subject", "/srv");
    }

    @Test
    void what_goes_wrong_is_an_outcome_without_a_secret() throws Exception {
        Outcome outcome = perform("{probe: disk.usage, with: {subject: /gone}}");
        assertThat(outcome.ok()).isFalse();
        assertThat(outcome.error()).isEqualTo("there is no /gone; ***");
    }

    @Test
    void a_target_that_the_configuration_does_not_have_is_told() throws Exception {
        assertThat(perform("{webhook: ops, with: {text: hello}}").error()).contains("no webhooks.ops");
        assertThat(perform("{notify: chat, with: {text: hello}}").error()).contains("no notify.chat");
    }
}
