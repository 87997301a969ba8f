package io.sluice.bench.bare;

import io.netty.channel.EventLoop;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** From Kafka's thread to one event loop: all that is durable by then goes in one hop, one acknowledgement a connection. */
final class Receipts {
    private final EventLoop loop;
    private final Queue<BareConnection> durable = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Set<BareConnection> touched = new LinkedHashSet<>();

    Receipts(EventLoop loop) {
        this.loop = loop;
    }

    /** One more message of the connection is durable; Kafka's thread. */
    void add(BareConnection connection) {
        durable.add(connection);
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this::deliver);
        }
    }

    private void deliver() {
        scheduled.set(false);
        BareConnection connection;
        while ((connection = durable.poll()) != null) {
            connection.durable();
            touched.add(connection);
        }
        touched.forEach(BareConnection::acknowledge);
        touched.clear();
    }
}
