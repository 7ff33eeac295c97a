package io.keepwatch.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something each time the process gets SIGHUP, instead of ending. Where the JVM does not let it, SIGHUP ends the process. */
final class HangUpSignal {
    private static final Logger LOG = LoggerFactory.getLogger(HangUpSignal.class);

    private final Runnable work;

    /** @param work may block; it runs on a thread of its own */
    HangUpSignal(Runnable work) {
        this.work = work;
    }

    // The JDK has no public class for signals, and using this one by name needs no option of the compiler.
    void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle take =
                    MethodHandles.lookup().bind(this, "take", MethodType.methodType(void.class, Object.class));
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("HUP"),
                            MethodHandleProxies.asInterfaceInstance(handler, take));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("SIGHUP will end the daemon, this JVM leaves it to nobody else: {}", e.toString());
        }
    }

    void take(Object signal) {
        LOG.info("{}: the rule files are loaded anew", signal);
        work.run();
    }
}
