package io.keepwatch.action.send;

import io.keepwatch.action.wire.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** Subject and text of a mail; the rest of it is known to whoever sends it. */
final class MailFormat implements Format {
    private static final int MAX_SUBJECT = 200;

    @Override
    public String body(Message message) {
        Map<String, Object> mail = new LinkedHashMap<>();
        String subject = "[" + message.severity() + "] " + message.headline();
        mail.put("subject", Format.cut(subject.replaceAll("\\p{Cntrl}+", " "), MAX_SUBJECT));
        mail.put("text", text(message));
        return JsonText.of(mail);
    }

    private static String text(Message message) {
        return message.text()
                + message.link().map(link -> "\n\n" + link).orElse("")
                + "\n\n-- \nRule " + message.run().rule() + " on " + message.host() + ", event "
                + message.run().event().type() + " " + message.run().event().subject() + ", run "
                + message.run().id() + "\n";
    }
}
