package io.keepwatch.workflow.type;

/** Where an event comes from, as the source of a CloudEvent: {@code /host/<name>/<producer>}. */
public final class EventSource {
    /** Makes the events of times. */
    public static final String SCHEDULE = "schedule";
    /** Makes the events of what did not come. */
    public static final String ABSENT = "absent";
    /** Tells of rules and runs, and what steps emit. */
    public static final String RULES = "rules";

    private static final String START = "/host/";

    private EventSource() {}

    /** @param host the name of this machine */
    public static String of(String host, String producer) {
        return START + host + "/" + producer;
    }

    static boolean namesHost(String source) {
        return source.startsWith(START);
    }

    /** Who on the host made it, such as {@code rules} or {@code hooks/deploy}. Sources without a host are one as a whole. */
    public static String producer(String source) {
        int end = namesHost(source) ? source.indexOf('/', START.length()) : 0;
        return end < 0 ? "" : source.substring(end).replaceFirst("^/", "");
    }

    /** Whether time alone made the event. */
    public static boolean isTime(RuleEvent event) {
        String producer = producer(event.source());
        return producer.equals(SCHEDULE) || producer.equals(ABSENT);
    }
}
