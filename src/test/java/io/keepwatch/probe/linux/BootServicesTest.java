package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.FolderHost;
import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootServicesTest {
    private final FolderHost host;

    private final List<Path> links = new ArrayList<>();

    /** JUnit would warn of each link that leads out of its folder. */
    @AfterEach
    void remove_links() throws IOException {
        for (Path link : links) {
            Files.deleteIfExists(link);
        }
    }

    BootServicesTest(@TempDir Path root) {
        this.host = new FolderHost(root);
    }

    private void link(String path, String target) throws IOException {
        Path file = host.root().resolve(path);
        Files.createDirectories(file.getParent());
        links.add(Files.createSymbolicLink(file, Path.of(target)));
    }

    private void systemd() throws IOException {
        String lib = "usr/lib/systemd/system/";
        link(lib + "default.target", "graphical.target");
        link("etc/systemd/system/default.target", "/lib/systemd/system/multi-user.target");
        host.write(lib + "multi-user.target", "[Unit]\nRequires=basic.target\n")
                .write(lib + "basic.target", "[Unit]\nWants=sockets.target timers.target\n")
                .write(lib + "timers.target", "[Unit]\n")
                .write(lib + "graphical.target", "[Unit]\nRequires=multi-user.target\n")
                .write(lib + "gdm.service", "[Unit]\n")
                .write(lib + "ssh.service", "[Unit]\nWants=ssh-keys.service missing.service\n")
                .write(lib + "ssh-keys.service", "[Unit]\n")
                .write(lib + "getty@.service", "[Unit]\n")
                .write(lib + "apt.timer", "[Unit]\n")
                .write(lib + "masked.service", "[Unit]\n");
        link("etc/systemd/system/multi-user.target.wants/ssh.service", "/lib/systemd/system/ssh.service");
        link("etc/systemd/system/multi-user.target.wants/masked.service", "/lib/systemd/system/masked.service");
        link("etc/systemd/system/masked.service", "/dev/null");
        link(lib + "graphical.target.wants/gdm.service", "../gdm.service");
        link(lib + "multi-user.target.wants/getty@tty1.service", "../getty@.service");
        link(lib + "timers.target.wants/apt.timer", "../apt.timer");
    }

    @Test
    void systemd_starts_what_its_default_target_pulls_in() throws IOException {
        systemd();
        assertThat(new BootServices(host.root()).list())
                .containsExactlyInAnyOrder(
                        new BootService("systemd", "ssh.service", "wanted by multi-user.target"),
                        new BootService("systemd", "ssh-keys.service", "Wants= of ssh.service"),
                        new BootService("systemd", "getty@tty1.service", "wanted by multi-user.target"),
                        new BootService("systemd", "apt.timer", "wanted by timers.target"));
    }

    @Test
    void another_target_can_be_asked_for() throws IOException {
        systemd();
        assertThat(new BootServices(host.root()).ofTarget("graphical.target"))
                .extracting(BootService::name)
                .contains("gdm.service", "ssh.service");
    }

    @Test
    void system_v_starts_the_links_of_its_run_level() throws IOException {
        host.write("etc/inittab", "# id:5:initdefault:\nid:3:initdefault:\nsi::sysinit:/etc/init.d/rcS\n");
        link("etc/rc3.d/S20cron", "../init.d/cron");
        link("etc/rc3.d/K80exim", "../init.d/exim");
        link("etc/rc2.d/S20other", "../init.d/other");
        link("etc/rcS.d/S01hwclock", "../init.d/hwclock");
        assertThat(new BootServices(host.root()).list())
                .containsExactly(
                        new BootService("sysv", "hwclock", "/etc/rcS.d/S01hwclock"),
                        new BootService("sysv", "cron", "/etc/rc3.d/S20cron"));
        assertThat(new BootServices(host.root()).ofRunLevel("2"))
                .extracting(BootService::name)
                .containsExactly("hwclock", "other");
    }

    @Test
    void upstart_starts_what_comes_true_on_the_way_to_the_run_level_of_rc_sysinit() throws IOException {
        host.write("etc/init/rc-sysinit.conf", "start on filesystem and static-network-up\nenv DEFAULT_RUNLEVEL=2\n")
                .write("etc/init/ssh.conf", "description \"ssh\"\nstart on runlevel [2345]\nstop on runlevel [!2345]\n")
                .write("etc/init/single.conf", "start on runlevel [1]\n")
                .write("etc/init/not5.conf", "start on runlevel [!5]\n")
                .write("etc/init/after.conf", "start on (started ssh\n          and filesystem)\n")
                .write("etc/init/console.conf", "start on stopped rc-sysinit RUNLEVEL=[2345] and not-container\n")
                .write("etc/init/waits.conf", "start on started nobody\n")
                .write("etc/init/by-hand.conf", "start on startup\n")
                .write("etc/init/by-hand.override", "manual\n")
                .write("etc/init/other-way.conf", "start on never\n")
                .write("etc/init/other-way.override", "start on runlevel [23]\n")
                .write("etc/init/commented.conf", "# start on startup\nexec true\n");
        assertThat(new BootServices(host.root()).list())
                .extracting(BootService::name)
                .containsExactlyInAnyOrder("rc-sysinit", "ssh", "not5", "after", "console", "other-way");
        assertThat(new BootServices(host.root()).ofRunLevel("1"))
                .extracting(BootService::name)
                .contains("single", "not5")
                .doesNotContain("ssh", "after");
    }

    @Test
    void a_service_that_is_enabled_is_seen_at_the_next_read() throws IOException {
        systemd();
        ServiceBootProbe probe = new ServiceBootProbe(host.root());
        List<Reading> before = probe.read();
        assertThat(probe.read()).isSameAs(before);
        host.write("usr/lib/systemd/system/new.service", "[Unit]\n");
        Path wants = host.root().resolve("etc/systemd/system/multi-user.target.wants");
        link("etc/systemd/system/multi-user.target.wants/new.service", "/lib/systemd/system/new.service");
        Files.setLastModifiedTime(wants, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
        assertThat(probe.read()).extracting(Reading::subject).contains("systemd new.service");
    }

    @Test
    void a_failed_unit_is_named_with_its_description(@TempDir Path bin) throws IOException {
        ScriptedTools tools = new ScriptedTools(bin).prints(Tool.SYSTEMCTL, """
                        nginx.service loaded failed failed A high performance web server
                        mnt-nfs.mount loaded failed failed /mnt/nfs
                        """, 0);
        ServiceFailedProbe probe = new ServiceFailedProbe(host.root().resolve("run"), tools.runner());
        assertThat(probe.read()).as("systemd does not run").isEmpty();
        Files.createDirectories(host.root().resolve("run/systemd/system"));
        List<Reading> readings = probe.read();
        assertThat(FolderHost.value(readings, "service.failed_count", "")).hasValue(2);
        assertThat(readings.get(0).subject()).isEqualTo("nginx.service");
        assertThat(readings.get(0).labels()).containsEntry("description", "A high performance web server");
    }
}
