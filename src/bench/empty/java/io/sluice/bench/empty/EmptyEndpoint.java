package io.sluice.bench.empty;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Parses, produces and acknowledges within the callbacks, on the event loop; what the framework does besides is its own. */
@WebSocket(path = "/ingest", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class EmptyEndpoint {
    private static final TypedKey<Receipts> RECEIPTS = new TypedKey<>("receipts");
    private static final JsonFactory JSON = new JsonFactory();

    private final ReadingsTopic topic;
    /** What was parsed goes somewhere, so that the compiler cannot leave it out. */
    private double sum;

    private int characters;

    EmptyEndpoint(ReadingsTopic topic) {
        this.topic = topic;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        connection.userData().put(RECEIPTS, new Receipts(connection, Vertx.currentContext()));
    }

    @OnTextMessage
    @NonBlocking
    void message(String text, WebSocketConnection connection) throws IOException {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        parse(message);
        Receipts receipts = connection.userData().get(RECEIPTS);
        topic.send(receipts.key(), message, receipts::durable);
    }

    private void parse(byte[] message) throws IOException {
        try (JsonParser parser = JSON.createParser(message)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    characters += parser.getText().length();
                } else if (token.isNumeric()) {
                    sum += parser.getDoubleValue();
                }
            }
        }
    }
}
