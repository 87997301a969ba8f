package io.sluice.sim.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.sim.json.JsonTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The few REST paths that provisioning uses (operator protocol section 2). */
final class FakeRegistry implements AutoCloseable {
    private static final String ADMIN = "Basic YWRtaW46YWRtaW4=";

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final Set<String> devices = Collections.synchronizedSet(new HashSet<>());

    private final HttpServer server;
    private int tokens;

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/", this::handle);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path + " " + body);
        if (!ADMIN.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"title\":\"Unauthorized\"}");
        } else if (path.equals("/api/devices")) {
            String id = JsonTree.text(JsonTree.object(body), "id", "");
            if (devices.add(id)) {
                answer(exchange, 201, "{\"id\":\"" + id + "\",\"token\":\"t" + ++tokens + "\"}");
            } else {
                answer(exchange, 409, "{\"title\":\"Conflict\"}");
            }
        } else if (path.endsWith("/token")) {
            answer(exchange, 200, "{\"token\":\"t" + ++tokens + "\"}");
        } else {
            answer(exchange, 200, "{}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
