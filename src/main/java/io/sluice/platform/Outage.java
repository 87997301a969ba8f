package io.sluice.platform;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import java.io.IOException;
import java.util.List;

/** Tells a database that is away from a fault of ours. */
final class Outage {
    /** SQLSTATE classes of a server that stops, refuses connections or is not ready; the driver puts them in its message. */
    private static final List<String> SQL_STATES = List.of("(57P", "(53300", "(08");

    private Outage() {}

    static boolean isBehind(Throwable e) {
        Throwable root = rootOf(e);
        if (root instanceof IOException
                || root instanceof TimeoutException
                || root instanceof java.util.concurrent.TimeoutException) {
            return true;
        }
        String message = String.valueOf(root.getMessage());
        if (root instanceof VertxException || root instanceof NoStackTraceThrowable) {
            return message.contains("onnection") || message.contains("imeout");
        }
        return root.getClass().getName().startsWith("io.vertx.sqlclient")
                        && root.getClass().getSimpleName().startsWith("ClosedConnection")
                || SQL_STATES.stream().anyMatch(message::contains);
    }

    static Throwable rootOf(Throwable e) {
        Throwable root = e;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
