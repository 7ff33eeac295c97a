package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.YamlValue;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses expressions in arguments that a program reads as code: what an event holds must never be run. */
final class ShellText {
    private static final Pattern SHELL = Pattern.compile("(?:.*/)?(?:a|ba|da|k|z|fi|c|tc)?sh");
    private static final Pattern INTERPRETER =
            Pattern.compile("(?:.*/)?(?:python[0-9.]*|perl|ruby|node|nodejs|php|lua|awk|gawk|mawk|ssh|su|eval)");
    private static final Pattern CODE_OPTION = Pattern.compile("-[a-zA-Z]*[cer]|--eval|--execute|--command");

    private ShellText() {}

    static void check(List<YamlValue> command) {
        boolean shell = false;
        boolean interpreter = false;
        boolean option = false;
        for (YamlValue part : command) {
            String text = part.word().orElse("");
            if ((shell || interpreter) && option && TemplateText.hasExpression(text)) {
                part.error(
                        text.codePointCount(0, text.indexOf("${")),
                        "an expression within a text that a shell or an interpreter runs",
                        "put the value into env, for example env: {VALUE: \"${…}\"}, and write \"$VALUE\" here");
                return;
            }
            if ((shell || interpreter) && CODE_OPTION.matcher(text).matches()) {
                option = true;
            } else if (option && !TemplateText.hasExpression(text)) {
                // The code itself; what follows are its arguments.
                return;
            }
            shell |= SHELL.matcher(text).matches();
            boolean now = INTERPRETER.matcher(text).matches();
            interpreter |= now;
            option |= now && text.matches("(?:.*/)?(?:[gm]?awk|ssh|eval)");
        }
    }
}
