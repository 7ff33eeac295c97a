package io.keepwatch.action.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A user of this machine. */
record Account(String name, long uid, long gid, String home) {
    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));
    private static final Path GETENT = Path.of("/usr/bin/getent");
    private static final Path PASSWD = Path.of("/etc/passwd");

    /** Asks the system's user database. Throws IOException where it has no such user. */
    static Account find(String name) throws IOException {
        List<String> lines = Files.isExecutable(GETENT) ? getent(name) : Files.readAllLines(PASSWD);
        return lines.stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 6 && fields[0].equals(name))
                .findFirst()
                .map(fields -> new Account(name, Long.parseLong(fields[2]), Long.parseLong(fields[3]), fields[5]))
                .orElseThrow(() -> new IOException("this machine has no user \"" + name
                        + "\": make one with useradd --system " + name + ", or change user"));
    }

    private static List<String> getent(String name) throws IOException {
        Process process = new ProcessBuilder(GETENT.toString(), "passwd", "--", name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readNBytes(65_536), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        return text.lines().toList();
    }

    /** What a command begins with when root runs it as this user, with this user's groups. */
    List<String> prefix() throws IOException {
        Optional<Path> setpriv = SETPRIV.stream().filter(Files::isExecutable).findFirst();
        return List.of(
                setpriv.orElseThrow(() -> new IOException("commands cannot run as user \"" + name
                                + "\" because there is no setpriv: install util-linux, or remove user"))
                        .toString(),
                "--reuid=" + uid,
                "--regid=" + gid,
                "--init-groups",
                "--");
    }
}
