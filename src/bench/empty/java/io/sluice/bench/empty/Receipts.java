package io.sluice.bench.empty;

import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Context;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One connection's way back, from Kafka's thread to its event loop: what is durable by then is one acknowledgement. */
final class Receipts {
    private final WebSocketConnection connection;
    private final Context context;
    private final byte[] key;
    private final AtomicLong durable = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    Receipts(WebSocketConnection connection, Context context) {
        this.connection = connection;
        this.context = context;
        this.key = connection.id().getBytes(StandardCharsets.UTF_8);
    }

    /** As good as a device's name. */
    byte[] key() {
        return key;
    }

    /** One more message is durable; Kafka's thread. */
    void durable() {
        durable.incrementAndGet();
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(ignored -> acknowledge());
        }
    }

    private void acknowledge() {
        scheduled.set(false);
        connection
                .sendText("{\"ack\":" + durable.get() + "}")
                .subscribe()
                .with(sent -> {}, failure -> System.err.println(failure));
    }
}
