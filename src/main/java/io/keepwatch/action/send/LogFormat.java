package io.keepwatch.action.send;

/** One line for the log, with the severity before it. */
final class LogFormat implements Format {
    @Override
    public String body(Message message) {
        String said = message.title().map(title -> title + ": ").orElse("") + message.text();
        return message.severity() + " " + said.strip().replaceAll("\\R", "\n    ");
    }

    @Override
    public String contentType() {
        return "text/plain";
    }
}
