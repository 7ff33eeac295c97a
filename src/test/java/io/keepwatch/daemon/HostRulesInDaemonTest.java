package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.config.Config;
import io.keepwatch.file.TestCommand;
import io.keepwatch.probe.Probes;
import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.linux.DiskMounts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules on the state of the host, from what a probe reads to what they do. */
class HostRulesInDaemonTest extends RulesFixture {
    private static final int MIB = 1024 * 1024;

    private boolean isMounted;

    @AfterEach
    void unmount() throws Exception {
        stop_the_daemon();
        if (isMounted) {
            assertThat(TestCommand.succeeds("umount", point().toString())).isTrue();
        }
    }

    private Path point() throws IOException {
        return temporary.toRealPath().resolve("mnt");
    }

    private void mount() throws Exception {
        Path image = temporary.resolve("image");
        try (RandomAccessFile made = new RandomAccessFile(image.toFile(), "rw")) {
            made.setLength(32L * MIB);
        }
        Files.createDirectory(point());
        assumeTrue(
                TestCommand.succeeds("mkfs.ext4", "-q", "-F", "-m", "0", image.toString()),
                "mkfs.ext4 of e2fsprogs is missing");
        isMounted = TestCommand.succeeds("mount", "-o", "loop", image.toString(), point().toString());
        assumeTrue(isMounted, "only root may mount a file system, and only where there are loop devices");
    }

    /** Leaves so many bytes free. */
    private Path fill(String name, long free) throws IOException {
        Path file = point().resolve(name);
        byte[] block = new byte[64 * 1024];
        try (var out = Files.newOutputStream(file)) {
            while (Files.getFileStore(point()).getUsableSpace() > free + block.length) {
                out.write(block);
                out.flush();
            }
        }
        return file;
    }

    @Test
    void a_disk_that_stays_full_is_cleaned_measured_again_and_told() throws Exception {
        mount();
        fill("data", 4 * MIB);
        rules("""
                disk-full:
                  on:
                    state: disk.usage
                    when: event.subject == "%1$s" && event.data.used_percent > 90
                    clear: event.data.used_percent < 85
                    for: 2s
                  steps:
                    - id: prune
                      run: [rm, --verbose, --force, "%1$s/cache"]
                    - {id: now, probe: disk.usage}
                    - if: steps.now.data.used_percent > 90
                      webhook: ops
                      with: {text: "${event.subject} still ${steps.now.data.used_percent} %%", freed: "${steps.prune.stdout}"}
                  on_resolve:
                    - webhook: ops
                      with: {text: "${event.subject} has room"}
                """.formatted(point()));
        String mounted = point().toString();
        Daemon daemon = start(withTarget("{disk.usage: 1s}"));
        awaitStatus(daemon, status -> status.state().equals("current"));
        soon().until(() -> get(daemon, "/api/v1/probes"), text -> text.contains(mounted));
        assertThat(get(daemon, "/api/v1/runs")).contains("\"items\":[]");

        fill("more", 2 * MIB);
        fill("cache", MIB / 2);
        soon().until(() -> received.size() == 1);
        assertThat(received.get(0)).contains(mounted + " still 9").contains("removed '" + mounted + "/cache'");
        assertThat(point().resolve("cache")).doesNotExist();

        Files.delete(point().resolve("more"));
        soon().until(() -> received.size() == 2);
        assertThat(received.get(1)).contains(mounted + " has room");
    }

    private Host hostOf(ScriptedTools tools) throws IOException {
        Path host = temporary.resolve("host");
        Files.createDirectories(host.resolve("proc/self"));
        Files.writeString(
                host.resolve("proc/self/mountinfo"), "21 1 8:1 / " + watched() + " rw,relatime - ext4 /dev/sda1 rw\n");
        Path disk = Files.createDirectories(host.resolve("sys/devices/block/sda/sda1"));
        Files.writeString(disk.resolve("partition"), "1\n");
        Files.createDirectories(host.resolve("sys/class/block"));
        Files.createSymbolicLink(host.resolve("sys/class/block/sda1"), disk.toRealPath());
        return new Host(() -> Probes.linux(Path.of("/"), tools.runner(), System::nanoTime), new DiskMounts(host));
    }

    /** Prints what smartctl printed of a disk, but with as many reallocated sectors as the file "sectors" says. */
    private ScriptedTools smartctl(Path sectors) throws IOException {
        String captured = ScriptedTools.captured("captured/smart-sata-qemu.json");
        Path answer = Files.writeString(temporary.resolve("sata.json"), captured);
        Path scan = Files.writeString(
                temporary.resolve("scan.json"),
                "{\"devices\": [{\"name\": \"/dev/sda\", \"info_name\": \"/dev/sda\", \"type\": \"sat\", \"protocol\": \"ATA\"}]}");
        return new ScriptedTools(Files.createDirectory(temporary.resolve("tools")))
                .script(Tool.SMARTCTL, """
                case "$*" in
                *--scan*) cat '%s';;
                *) jq --argjson n "$(cat '%s')" '(.ata_smart_attributes.table[] | select(.id == 5) | .raw) = {value: $n, string: "\\($n)"}' '%s';;
                esac""".formatted(scan, sectors, answer));
    }

    @Test
    void a_disk_whose_bad_sectors_grow_is_backed_up_at_once_and_told_once_a_day() throws Exception {
        assumeTrue(TestCommand.succeeds("jq", "--version"), "jq is missing");
        Path file = Files.writeString(watched().resolve("data.txt"), "precious\n");
        Path sectors = Files.writeString(temporary.resolve("sectors"), "0");
        rules("""
                smart-growing:
                  on:
                    event: smart.attributes
                    when: delta(event.data.reallocated_sectors) > 0
                  steps:
                    - id: save
                      backup: ${paths_on(event.subject)}
                      with: {priority: high, wait: true}
                    - webhook: ops
                      once_within: 1d
                      with: {text: "${event.subject}: +${delta(event.data.reallocated_sectors)} sectors, backup ${steps.save.status}"}
                """);
        Config config = withTarget("{smart.attributes: 1s}");
        Daemon daemon = keep(Daemon.start(config, Clock.systemUTC(), hostOf(smartctl(sectors))));
        awaitStatus(daemon, status -> status.state().equals("current"));
        soon().until(
                        () -> get(daemon, "/api/v1/rules/smart-growing/explain"),
                        text -> text.contains("\"reallocated_sectors\":0"));

        Files.writeString(sectors, "8");
        soon().until(() -> received.size() == 1);
        assertThat(received.get(0)).contains("/dev/sda: +8 sectors, backup succeeded");
        Files.writeString(sectors, "11");
        soon().until(
                        () -> get(daemon, "/api/v1/runs?status=succeeded"),
                        text -> text.split("\"rule\":", -1).length == 3);
        assertThat(received).hasSize(1);
        assertThat(get(daemon, "/api/v1/files/versions?root=" + ROOT + "&path=" + file.getFileName()))
                .contains("\"state\":\"current\"", "\"durable\":\"20");
    }
}
