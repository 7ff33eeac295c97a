package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneAndRebuildTest {
    @TempDir
    Path home;

    /** A file has a second version, and nothing but current ones is kept. */
    private SampleBackup withHistory() throws IOException {
        SampleBackup backup = SampleBackup.in(home);
        Files.writeString(backup.configFile(), Files.readString(backup.configFile()) + """
                store:
                  layout: pack
                  retention: {keep_all: 0s, hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0}
                """);
        backup.start();
        Files.writeString(backup.root().resolve("hello.txt"), "hello again\n");
        assertThat(backup.run("backup", backup.root().toString()).exitCode()).isZero();
        return backup;
    }

    private List<Path> stored(SampleBackup backup, String part) throws IOException {
        try (Stream<Path> files = Files.walk(backup.state().resolve("s3"), FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> file.toString().contains(part) && Files.isRegularFile(file))
                    .toList();
        }
    }

    @Test
    void a_dry_run_says_what_would_go_and_changes_nothing() throws IOException {
        try (SampleBackup backup = withHistory()) {
            JsonNode planned = backup.json("prune", "--dry-run");
            assertThat(planned.get("versions").asLong()).isPositive();
            assertThat(planned.get("currency").asText()).isEqualTo("USD");
            assertThat(backup.json("prune", "--dry-run")).isEqualTo(planned);
            try (Stream<Path> left = Files.list(backup.state())) {
                assertThat(left.map(Path::getFileName).map(Path::toString))
                        .noneMatch(name -> name.startsWith("prune-"));
            }
            assertThat(backup.run("prune", "--dry-run").out()).contains(" versions would go (", " a month\n");
        }
    }

    @Test
    void what_a_dry_run_announces_goes_through_the_daemon_or_without_one() throws IOException {
        try (SampleBackup backup = withHistory()) {
            long announced = backup.json("prune", "--dry-run").get("versions").asLong();
            assertThat(backup.json("prune").get("versions").asLong())
                    .isEqualTo(announced)
                    .isPositive();
            Files.writeString(backup.root().resolve("hello.txt"), "hello for the third time\n");
            assertThat(backup.run("backup", backup.root().toString()).exitCode())
                    .isZero();
            backup.stop();
            CliRun run = backup.run("prune");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).doesNotStartWith("0 versions");
        }
    }

    @Test
    void a_rebuild_takes_the_newest_copy_of_the_catalog_and_the_packs_after_it() throws IOException {
        try (SampleBackup backup = withHistory()) {
            backup.json("prune");
            assertThat(stored(backup, "/catalog/")).isNotEmpty();
            Files.writeString(backup.root().resolve("later.txt"), "after the copy\n");
            assertThat(backup.run("backup", backup.root().toString()).exitCode())
                    .isZero();
            backup.stop();
            String before = backup.run("ls", "-r").out();
            CliRun run = backup.run("rebuild");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("the catalog was copied from keepwatch/sample/catalog/")
                    .endsWith("nothing is missing\n");
            // The list; the copy, the marker, and the end of the pack that is newer.
            assertThat(run.err()).contains("requests: 3 GET, 1 LIST (");
            assertThat(backup.run("ls", "-r").out()).isEqualTo(before).contains("later.txt");
            JsonNode fromPacks = backup.json("rebuild", "--from-packs");
            assertThat(fromPacks.get("copy").isNull()).isTrue();
            assertThat(fromPacks.get("missing").asLong()).isZero();
            assertThat(backup.run("ls", "-r").out()).isEqualTo(before);
        }
    }

    @Test
    void a_rebuild_names_every_file_whose_content_is_nowhere() throws IOException {
        try (SampleBackup backup = withHistory()) {
            backup.json("prune");
            backup.stop();
            for (Path pack : stored(backup, "/packs/")) {
                Files.delete(pack);
            }
            CliRun run = backup.run("rebuild");
            assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEM);
            assertThat(run.err()).contains("files: hello.txt", "files: conf/app.conf", "is in no pack");
        }
    }
}
