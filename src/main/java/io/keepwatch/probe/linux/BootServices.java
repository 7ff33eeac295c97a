package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that starts when the host boots, whichever of systemd, System V init and Upstart starts it. */
public final class BootServices {
    private final Path root;
    private final SystemdUnits systemd;
    private final SysvScripts sysv;
    private final UpstartJobs upstart;

    /** @param root {@code /} of the host */
    public BootServices(Path root) {
        this.root = root;
        this.systemd = new SystemdUnits(root);
        this.sysv = new SysvScripts(root);
        this.upstart = new UpstartJobs(root);
    }

    /** For the target and the run level that the host boots into by itself. */
    public List<BootService> list() throws IOException {
        Optional<String> target = systemd.defaultTarget();
        List<BootService> services = new ArrayList<>();
        if (target.isPresent()) {
            services.addAll(systemd.startedBy(target.get()));
        }
        services.addAll(sysv.startedIn(sysv.defaultRunLevel()));
        services.addAll(upstart.startedIn(upstart.defaultRunLevel()));
        return services;
    }

    /** The folders in which a link appears or goes when a service is enabled or disabled. */
    public List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>(systemd.folders());
        for (Path entry : KernelFile.entries(root.resolve("etc"))) {
            if (String.valueOf(entry.getFileName()).matches("rc[0-9S]\\.d|init")) {
                folders.add(entry);
            }
        }
        return folders;
    }

    /** For a target of systemd alone. */
    public List<BootService> ofTarget(String target) throws IOException {
        return systemd.startedBy(target);
    }

    /** For a run level of System V init and Upstart alone. */
    public List<BootService> ofRunLevel(String runLevel) throws IOException {
        List<BootService> services = new ArrayList<>(sysv.startedIn(runLevel));
        services.addAll(upstart.startedIn(runLevel));
        return services;
    }
}
