package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.event.Reading;
import io.keepwatch.file.TestCommand;
import io.keepwatch.probe.FolderHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What generators, drop-ins, masks and other names do to a boot; systemd itself says the same of the same folders. */
class SystemdUnitsTest {
    private static final String LIB = "usr/lib/systemd/system/";
    private static final String ETC = "etc/systemd/system/";
    private static final String GENERATOR = "run/systemd/generator/";
    private static final Path SYSTEMD = Path.of("/lib/systemd/systemd");
    /** One line of those that systemd prints of each job of a boot. */
    private static final Pattern JOB = Pattern.compile("Action: (\\S+) -> start");

    private final FolderHost host;
    private final List<Path> links = new ArrayList<>();

    SystemdUnitsTest(@TempDir Path root) throws IOException {
        this.host = new FolderHost(root.toRealPath());
        for (String unit : List.of("sysinit.target", "basic.target", "shutdown.target", "-.slice", "system.slice")) {
            host.write(LIB + unit, "[Unit]\nDefaultDependencies=no\n");
        }
        host.write(LIB + "multi-user.target", "[Unit]\nRequires=basic.target\n");
        link(LIB + "default.target", "multi-user.target");
    }

    /** JUnit would warn of each link that leads out of its folder. */
    @AfterEach
    void remove_links() throws IOException {
        for (Path link : links) {
            Files.deleteIfExists(link);
        }
    }

    private void link(String path, String target) throws IOException {
        Path file = host.root().resolve(path);
        Files.createDirectories(file.getParent());
        links.add(Files.createSymbolicLink(file, Path.of(target)));
    }

    /** Units that do nothing. */
    private void services(String folder, String... names) throws IOException {
        for (String name : names) {
            host.write(folder + name, "[Service]\nType=oneshot\nExecStart=/bin/true\n");
        }
    }

    private void wants(String folder, String target, String unit) throws IOException {
        link(folder + target + ".wants/" + unit, "/somewhere/" + unit);
    }

    private void generators() throws IOException {
        services("run/systemd/generator.early/", "early.service");
        link(ETC + "early.service", "/dev/null");
        wants(ETC, "multi-user.target", "early.service");
        services(GENERATOR, "mounted.service", "masked-by-etc.service");
        wants(GENERATOR, "multi-user.target", "mounted.service");
        wants(GENERATOR, "multi-user.target", "masked-by-etc.service");
        link(ETC + "masked-by-etc.service", "/dev/null");
        services(LIB, "masked-by-generator.service", "native.service", "for-native.service");
        link(GENERATOR + "masked-by-generator.service", "/dev/null");
        wants(LIB, "multi-user.target", "masked-by-generator.service");
        // As the generator for scripts of System V does: what has a unit of its own is left to that.
        host.write(
                "run/systemd/generator.late/native.service",
                "[Unit]\nWants=nobody.service\n[Service]\nExecStart=/bin/true\n");
        host.write(LIB + "native.service", "[Unit]\nWants=for-native.service\n[Service]\nExecStart=/bin/true\n");
        services("run/systemd/generator.late/", "script.service", "nobody.service");
        wants("run/systemd/generator.late/", "multi-user.target", "script.service");
        wants("run/systemd/generator.late/", "multi-user.target", "native.service");
    }

    private void dropIns() throws IOException {
        services(LIB, "web-front-end.service", "by-type.service", "by-prefix.service", "by-name.service");
        services(LIB, "in-run.service", "in-etc.service", "masked-drop-in.service", "not-conf.service");
        services(LIB, "wrong-section.service", "link-masked.service", "empty-is-a-mask.service");
        services(LIB, "tty@.service", "tty-keys@.service", "%i.service", "all-targets.service");
        wants(LIB, "multi-user.target", "web-front-end.service");
        host.write(LIB + "service.d/10-all.conf", "[Unit]\nWants=by-type.service\n")
                .write(LIB + "web-.service.d/20-web.conf", "[Unit]\nWants=by-prefix.service\n")
                .write(ETC + "web-.service.d/30-same.conf", "[Unit]\nWants=nobody.service\n")
                .write(
                        ETC + "web-front-.service.d/30-same.conf",
                        "[Unit]\n# Wants=nobody.service\nRequires=\\\n; no\n by-name.service\n")
                .write("run/systemd/system/web-front-end.service.d/40.conf", "[Unit]\nWants=in-run.service\n")
                .write(ETC + "web-front-end.service.d/50.conf", "[Unit]\nBindsTo=in-etc.service\n")
                .write(LIB + "web-front-end.service.d/50.conf", "[Unit]\nWants=nobody.service\n")
                .write(LIB + "web-front-end.service.d/60.conf", "[Unit]\nWants=masked-drop-in.service\n")
                .write(LIB + "web-front-end.service.d/70.txt", "[Unit]\nWants=not-conf.service\n")
                .write(LIB + "web-front-end.service.d/80.conf", "[Install]\nWants=wrong-section.service\n")
                .write(LIB + "tty@.service.d/90.conf", "[Unit]\nWants=tty-keys@%i.service\n")
                .write(ETC + "empty-is-a-mask.service", "");
        services(LIB, "nobody.service");
        link(ETC + "web-front-end.service.d/60.conf", "/dev/null");
        wants(LIB, "multi-user.target", "link-masked.service");
        link(ETC + "multi-user.target.wants/link-masked.service", "/dev/null");
        wants(LIB, "multi-user.target", "empty-is-a-mask.service");
        wants(LIB, "multi-user.target", "tty@one.service");
        wants(LIB, "target", "all-targets.service");
    }

    private void otherNames() throws IOException {
        services(LIB, "gdm.service", "theme.service", "getty@.service", "font@.service");
        link(ETC + "display-manager.service", "../../../usr/lib/systemd/system/gdm.service");
        host.write(LIB + "basic.target.d/screen.conf", "[Unit]\nWants=display-manager.service\n")
                .write(ETC + "display-manager.service.d/10.conf", "[Unit]\nWants=theme.service\n")
                .write(ETC + "autovt@.service.d/10.conf", "[Unit]\nWants=font@%i.service\n");
        link(LIB + "autovt@.service", "getty@.service");
        wants(LIB, "multi-user.target", "autovt@tty1.service");
    }

    private List<BootService> started() throws IOException {
        return new BootServices(host.root()).list();
    }

    @Test
    void generators_count_by_their_place_in_the_order_of_systemd() throws IOException {
        generators();
        assertThat(started())
                .extracting(BootService::name)
                .containsExactlyInAnyOrder(
                        "early.service", "mounted.service", "native.service", "for-native.service", "script.service");
    }

    @Test
    void drop_ins_add_what_they_pull_in_and_the_more_specific_one_wins() throws IOException {
        dropIns();
        assertThat(started())
                .extracting(BootService::name)
                .containsExactlyInAnyOrder(
                        "web-front-end.service",
                        "by-type.service",
                        "by-prefix.service",
                        "by-name.service",
                        "in-run.service",
                        "in-etc.service",
                        "tty@one.service",
                        "tty-keys@one.service",
                        "all-targets.service");
        assertThat(started())
                .extracting(BootService::name, BootService::why)
                .contains(tuple("by-prefix.service", "Wants= of web-front-end.service, by its drop-in 20-web.conf"));
    }

    /** Systemd starts these once the other one runs, and so they are no part of the boot that it plans. */
    @Test
    void what_another_unit_upholds_starts_too() throws IOException {
        services(LIB, "upheld.service", "by-key.service");
        link(LIB + "multi-user.target.upholds/upheld.service", "../upheld.service");
        host.write(LIB + "upheld.service.d/10.conf", "[Unit]\nUpholds=by-key.service\n");
        assertThat(started())
                .extracting(BootService::why)
                .containsExactly("upheld by multi-user.target", "Upholds= of upheld.service, by its drop-in 10.conf");
    }

    @Test
    void a_unit_has_one_name_and_what_is_set_under_its_others_counts() throws IOException {
        otherNames();
        assertThat(started())
                .extracting(BootService::name)
                .containsExactlyInAnyOrder("gdm.service", "theme.service", "getty@tty1.service", "font@tty1.service");
    }

    @Test
    void links_that_lead_in_a_circle_end() throws IOException {
        link(LIB + "a.service", "b.service");
        link(LIB + "b.service", "a.service");
        wants(LIB, "multi-user.target", "a.service");
        assertThat(started()).hasSize(1);
    }

    @Test
    void systemd_starts_the_same() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SYSTEMD), "systemd is not installed");
        assumeTrue(
                Files.getOwner(host.root()).getName().equals("root") && TestCommand.succeeds("setpriv", "--version"),
                "systemd refuses root, and only root with setpriv can be another user");
        generators();
        dropIns();
        otherNames();
        Files.setPosixFilePermissions(host.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder systemd = new ProcessBuilder(
                "setpriv",
                "--reuid",
                "65534",
                "--regid",
                "65534",
                "--clear-groups",
                SYSTEMD.toString(),
                "--test",
                "--system",
                "--unit=multi-user.target");
        systemd.environment().clear();
        systemd.environment()
                .putAll(Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        "/",
                        "SYSTEMD_LOG_LEVEL",
                        "info",
                        "SYSTEMD_UNIT_PATH",
                        path()));
        Process process = systemd.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Slices come from where a unit runs, and targets are left out.
        Set<String> jobs = JOB.matcher(said)
                .results()
                .map(job -> job.group(1))
                .filter(unit -> !unit.matches(".*\\.(slice|target)"))
                .collect(Collectors.toSet());
        assumeTrue(
                !jobs.isEmpty(),
                () -> "systemd runs no test here: " + said.lines().limit(3).toList());
        assertThat(started())
                .extracting(BootService::name)
                .hasSizeGreaterThan(15)
                .containsExactlyInAnyOrderElementsOf(jobs);
    }

    /** The unit folders that are here, as systemd takes them. */
    private String path() {
        return new SystemdUnits(host.root())
                .order().stream().filter(Files::isDirectory).map(Path::toString).collect(Collectors.joining(":"));
    }

    @Test
    void the_folders_have_the_order_that_systemd_tells() throws IOException, InterruptedException {
        assumeTrue(TestCommand.succeeds("systemd-analyze", "--version"), "systemd is not installed");
        Process process = new ProcessBuilder("systemd-analyze", "--system", "unit-paths").start();
        List<String> told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(told).contains("/etc/systemd/system");
        assertThat(new SystemdUnits(Path.of("/")).order().stream().map(Path::toString))
                .containsSubsequence(told);
    }

    @Test
    void what_a_generator_made_is_not_gone_while_systemd_reloads() throws IOException {
        generators();
        ServiceBootProbe probe = new ServiceBootProbe(host.root());
        assertThat(subjects(probe)).contains("systemd mounted.service", "systemd for-native.service");
        Path wants = host.root().resolve(GENERATOR + "multi-user.target.wants");
        Path link = wants.resolve("mounted.service");
        Files.delete(link);
        touch(wants, "2001-01-01T00:00:00Z");
        assertThat(subjects(probe)).as("emptied").contains("systemd mounted.service");
        Files.createSymbolicLink(link, Path.of("/somewhere/mounted.service"));
        touch(wants, "2001-01-01T00:00:01Z");
        assertThat(subjects(probe)).as("filled again").contains("systemd mounted.service");
        assertThat(subjects(probe)).as("settled").contains("systemd mounted.service");
    }

    @Test
    void what_a_generator_no_longer_makes_is_gone_at_the_second_read() throws IOException {
        generators();
        services(LIB, "plain.service");
        wants(ETC, "multi-user.target", "plain.service");
        ServiceBootProbe probe = new ServiceBootProbe(host.root());
        probe.read();
        Path wants = host.root().resolve(GENERATOR + "multi-user.target.wants");
        Files.delete(wants.resolve("mounted.service"));
        touch(wants, "2001-01-01T00:00:00Z");
        Files.delete(host.root().resolve(ETC + "multi-user.target.wants/plain.service"));
        touch(host.root().resolve(ETC + "multi-user.target.wants"), "2001-01-01T00:00:00Z");
        assertThat(subjects(probe)).contains("systemd mounted.service").doesNotContain("systemd plain.service");
        assertThat(subjects(probe)).contains("systemd native.service").doesNotContain("systemd mounted.service");
    }

    @Test
    void a_drop_in_that_is_edited_is_seen_at_the_next_read() throws IOException {
        dropIns();
        ServiceBootProbe probe = new ServiceBootProbe(host.root());
        assertThat(subjects(probe)).doesNotContain("systemd nobody.service");
        String dropIn = ETC + "web-front-end.service.d/50.conf";
        host.write(dropIn, "[Unit]\nWants=nobody.service\n");
        touch(host.root().resolve(dropIn), "2001-01-01T00:00:00Z");
        assertThat(subjects(probe)).contains("systemd nobody.service").doesNotContain("systemd in-etc.service");
    }

    private static List<String> subjects(ServiceBootProbe probe) throws IOException {
        return probe.read().stream().map(Reading::subject).toList();
    }

    private static void touch(Path file, String time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
    }
}
