package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesExplainCommandTest {
    private final SampleBackup backup;

    RulesExplainCommandTest(@TempDir Path home) throws Exception {
        backup = SampleBackup.in(home);
        Instant then = Instant.now().minus(Duration.ofHours(5));
        Files.createDirectories(backup.state());
        KeptPast past = new KeptPast(backup.state());
        past.event(usage("e1", 80, then));
        past.event(usage("e2", 92, then.plusSeconds(60)));
        Path folder = Files.createDirectories(backup.configFile().resolveSibling("workflows"));
        Files.writeString(folder.resolve("test.yml"), """
                version: 1
                rules:
                  old:
                    on: {event: disk.usage, when: delta(event.data.used_percent) > 5.0}
                    steps: [{run: ["true"]}]
                  other:
                    on: {event: disk.usage, when: delta(event.data.used_percent) > 5.0}
                    steps: [{run: ["true"]}]
                """);
    }

    private static RuleEvent usage(String id, double percent, Instant at) {
        return RuleEvent.of(id, "/host/sample/probe", "disk.usage", "/var", at, Map.of("used_percent", percent));
    }

    @Test
    void growth_of_an_event_that_made_the_rule_run_is_that_which_the_run_knew() {
        CliRun run = backup.run("rules", "explain", "old", "e2");
        assertThat(run.out()).startsWith("matches: the condition holds\n").contains(" 12.0");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void an_event_without_one_before_it_did_not_grow() {
        CliRun run = backup.run("rules", "explain", "old", "e1");
        assertThat(run.out()).startsWith("does not match: the condition does not hold\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void what_another_rule_saw_before_the_event_is_not_known() {
        assertThat(backup.run("rules", "explain", "other", "e2").out())
                .startsWith("does not match: the condition does not hold\n");
    }
}
