package io.keepwatch.cli;

import io.keepwatch.config.TokenConfig;
import io.keepwatch.http.AccessToken;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a token and says which line the configuration needs for it. */
@Command(
        name = "new",
        header = "Make a token, and show its line for the configuration.",
        description = "Makes a token of 32 random bytes. The token goes to whoever uses it and is shown this once; the"
                + " line, which holds its hash, goes into http.tokens of the configuration. Restart the daemon then.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch token new --name admin --role operate",
            "  keepwatch token new --name prometheus            read only",
            "  curl -H \"Authorization: Bearer $TOKEN\" https://host:9723/api/v1/status"
        })
final class TokenNewCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(names = "--name", paramLabel = "NAME", description = "Whose it is. Default: admin.")
    private String name = "admin";

    @Option(names = "--role", paramLabel = "read|operate", description = "What it may do. Default: read.")
    private TokenConfig.Role role = TokenConfig.Role.READ;

    record Result(String token, String name, String hash, String role) {}

    @Override
    public Integer call() {
        if (!TokenConfig.isName(name)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "\"" + name + "\" is no name for a token: use letters, digits, dots and hyphens");
        }
        String token = AccessToken.random(new SecureRandom());
        Result result =
                new Result(token, name, AccessToken.hash(token), role.name().toLowerCase(Locale.ROOT));
        output.print(result, () -> result.token() + "\n");
        if (!output.isJson()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("for the configuration, in http.tokens:");
            err.println("  - {name: " + name + ", hash: " + result.hash() + ", role: " + result.role() + "}");
            err.flush();
        }
        return ExitCode.OK;
    }
}
