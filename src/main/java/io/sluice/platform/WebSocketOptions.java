package io.sluice.platform;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Extensions off for every WebSocket: compression would cost about 90 KB a connection, and while any is on, the frame decoder
 * lets reserved bits pass. Per-message compression is off by configuration; this is the other one, which has no key.
 */
@Singleton
class WebSocketOptions implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false);
    }
}
