package io.keepwatch.action.command;

import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.Map;

/**
 * Checks that a program gets the very letters it is meant to get: Java writes a question mark for a letter that the
 * process's locale does not have, and a command would then work on another file.
 */
final class ArgumentText {
    private static final int FIRST_WITH_OWN_ENCODING = 18;

    private ArgumentText() {}

    static void check(List<String> arguments, Map<String, String> environment) throws IOException {
        check(arguments, environment, encoding());
    }

    static void check(List<String> arguments, Map<String, String> environment, Charset charset) throws IOException {
        CharsetEncoder encoder = charset.newEncoder();
        for (String argument : arguments) {
            check(argument, "the argument", encoder);
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            check(variable.getKey() + "=" + variable.getValue(), "the variable " + variable.getKey(), encoder);
        }
    }

    private static void check(String text, String what, CharsetEncoder encoder) throws IOException {
        boolean isArgument = what.endsWith("argument");
        if (text.indexOf('\0') >= 0) {
            throw new IOException(what + " holds a NUL byte, which no program can be given");
        }
        if (!encoder.canEncode(text)) {
            throw new IOException(what + (isArgument ? " \"" + DisplayText.of(text) + "\"" : "")
                    + " has letters that the encoding " + encoder.charset()
                    + " of this process does not have: start Keepwatch with LANG=C.UTF-8, or read the value from"
                    + " RULE_EVENT_FILE");
        }
    }

    // Until Java 17 arguments are written in the default encoding, later in that of file names.
    private static Charset encoding() {
        return Runtime.version().feature() < FIRST_WITH_OWN_ENCODING
                ? Charset.defaultCharset()
                : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }
}
