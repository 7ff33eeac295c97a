package io.keepwatch.cli;

import io.keepwatch.probe.linux.BootService;
import io.keepwatch.probe.linux.BootServices;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what starts at boot, and why. */
@Command(
        name = "boot-services",
        header = "List everything that starts at boot, and why.",
        description =
                "Lists what starts when the host boots, by systemd, System V init and Upstart, each with what makes"
                        + " it start. Reads their files alone, so none of them need run.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch boot-services",
            "  keepwatch boot-services --target rescue.target",
            "  keepwatch boot-services --runlevel 3 --json | jq -r '.services[].name'"
        })
final class BootServicesCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Option(names = "--target", paramLabel = "TARGET", description = "Only what this target of systemd starts.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--runlevel",
            paramLabel = "LEVEL",
            description = "Only what System V init and Upstart start in this run level.")
    private Optional<String> runLevel = Optional.empty();

    record Result(List<BootService> services) {}

    @Override
    public Integer call() throws IOException {
        if (target.isPresent() && runLevel.isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "--target is for systemd and --runlevel for the others; use one");
        }
        BootServices all = new BootServices(HostRoot.ROOT);
        List<BootService> services = target.isPresent()
                ? all.ofTarget(target.get())
                : runLevel.isPresent() ? all.ofRunLevel(runLevel.get()) : all.list();
        output.print(new Result(services), () -> text(services));
        return ExitCode.OK;
    }

    private static String text(List<BootService> services) {
        if (services.isEmpty()) {
            return "nothing\n";
        }
        Table table = new Table("SYSTEM", "NAME", "WHY");
        services.forEach(
                service -> table.row(service.system(), DisplayText.of(service.name()), DisplayText.of(service.why())));
        return table.toString();
    }
}
