package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** Those that are on a {@link #list()} because generators of systemd made something. */
    List<BootService> generated(List<BootService> list) throws IOException {
        Optional<String> target = systemd.defaultTarget();
        if (target.isEmpty()) {
            return List.of();
        }
        Set<String> others = systemd.startedWithoutGenerators(target.get()).stream()
                .map(BootService::name)
                .collect(Collectors.toSet());
        return list.stream()
                .filter(service -> service.system().equals("systemd") && !others.contains(service.name()))
                .toList();
    }

    /** Whether generators of systemd write there. */
    boolean isGenerated(Path place) {
        return systemd.isGenerated(place);
    }

    /**
     * The folders in which a link or a drop-in appears or goes when somebody enables or disables a service; those of
     * generators are left out.
     */
    public List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>(systemd.folders());
        folders.removeIf(this::isGenerated);
        for (Path entry : KernelFile.entries(root.resolve("etc"))) {
            if (String.valueOf(entry.getFileName()).matches("rc[0-9S]\\.d|init")) {
                folders.add(entry);
            }
        }
        return folders;
    }

    /** All that tells by its time that something was enabled or disabled: every folder, and drop-ins, which are edited. */
    List<Path> places() throws IOException {
        List<Path> places = new ArrayList<>(folders());
        for (Path folder : systemd.folders()) {
            if (isGenerated(folder)) {
                places.add(folder);
            }
            if (folder.toString().endsWith(".d")) {
                places.addAll(KernelFile.entries(folder));
            }
        }
        return places;
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
