package io.sluice.ingest;

import io.netty.channel.Channel;
import io.netty.handler.timeout.IdleStateHandler;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.sluice.platform.GuardedWebSocket;
import io.sluice.platform.WireLimits;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Prepares the connection of a handshake that {@link IngestRoute} let pass. */
@Singleton
class IngestUpgrade implements HttpUpgradeCheck {
    static final TypedKey<DeviceConnection> CONNECTION = new TypedKey<>("sluice.ingest.connection");

    private static final int NOT_FOUND = 404;

    private final IngestServices services;
    private final WireLimits limits;

    IngestUpgrade(IngestServices services) {
        this.services = services;
        IngestConfig config = services.config();
        this.limits = new WireLimits(config.maxMessageBytes(), config.messageTimeout(), config.closeTimeout());
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(IngestEndpoint.ID);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        Channel channel = IngestRoute.channel(context.httpRequest());
        IngestRoute.Admitted admitted = channel.attr(IngestRoute.ADMITTED).getAndSet(null);
        if (admitted == null) {
            return CheckResult.rejectUpgrade(NOT_FOUND);
        }
        if (channel.pipeline().get(IdleStateHandler.class) != null) {
            // Of HTTP. From now on the heartbeat judges silence, and a timer each would cost memory.
            channel.pipeline().remove(IdleStateHandler.class);
        }
        GuardedWebSocket socket = GuardedWebSocket.install(channel.pipeline(), limits);
        context.userData()
                .put(
                        CONNECTION,
                        new DeviceConnection(
                                admitted.link(),
                                admitted.place(),
                                admitted.terms().encoding(),
                                socket,
                                services.loop(channel.eventLoop()),
                                services));
        return CheckResult.permitUpgrade();
    }
}
