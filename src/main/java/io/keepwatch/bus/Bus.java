package io.keepwatch.bus;

import io.keepwatch.event.Event;
import io.keepwatch.event.Topic;
import io.keepwatch.event.Topics;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * Publishes events to whoever subscribed, within this process and without copying. A hint, not a record: what must
 * survive a crash is in the catalog before it is published. Any thread may publish; a subscriber is called on its own
 * Vert.x context.
 */
public final class Bus {
    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setLocalOnly(true).setCodecName(ReferenceCodec.NAME);

    private final EventBus events;

    public Bus(Vertx vertx) {
        this.events = vertx.eventBus();
        events.registerCodec(new ReferenceCodec());
    }

    public void publish(Event event) {
        events.publish(Topics.of(event).name(), event, LOCAL);
    }

    /** Calls the subscriber for each event of the topic until {@link MessageConsumer#unregister}. */
    public <E extends Event> MessageConsumer<E> subscribe(Topic<E> topic, Consumer<E> subscriber) {
        return events.localConsumer(topic.name(), message -> subscriber.accept(message.body()));
    }
}
