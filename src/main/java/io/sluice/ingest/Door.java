package io.sluice.ingest;

import io.sluice.registry.Admission;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who may come in: a device with a right credential, not too often, while there is room (device protocol section 1). */
@Singleton
class Door {
    private static final int MAX_ADDRESSES = 10_000;
    private static final int MAX_DEVICES = 100_000;
    private static final String RETRY_AFTER = "Retry-After";
    private static final String FULL_RETRY_SECONDS = "5";

    private final IngestServices services;
    private final DeviceAuthority authority;
    private final Attempts ofDevices;
    private final Attempts failedOfAddresses;

    Door(IngestServices services, DeviceAuthority authority) {
        this.services = services;
        this.authority = authority;
        this.ofDevices = new Attempts(services.config().deviceAttemptsPerMinute(), MAX_DEVICES);
        this.failedOfAddresses = new Attempts(services.config().failedAttemptsPerMinute(), MAX_ADDRESSES);
    }

    /** A device or a problem: exactly one is there. */
    record Verdict(
            Admission.@Nullable Admitted device, @Nullable Refusal problem) {
        Refusal refusal() {
            return Objects.requireNonNull(problem);
        }
    }

    /**
     * @param connecting whether it wants to stay; a POST is bounded by the rate limit instead
     */
    Verdict judge(HttpServerRequest request, boolean connecting) {
        if (services.isDraining()) {
            return refuse(unavailable(RefusalReason.DRAINING, "this instance is shutting down"));
        }
        if (!services.directory().isLoaded() || !services.log().isReady()) {
            return refuse(unavailable(RefusalReason.NOT_READY, "not ready yet"));
        }
        if (services.log().isFull()) {
            return refuse(logFull());
        }
        long now = System.nanoTime();
        Admission admission = Credentials.judge(request.headers(), authority.judge(request), services.directory());
        if (admission instanceof Admission.Admitted admitted) {
            // Only attempts with a right credential count for a device: others could lock it out by trying.
            long tooOften = connecting ? ofDevices.count(admitted.entry().device(), now) : 0;
            return tooOften > 0
                    ? refuse(tooMany(RefusalReason.DEVICE_ATTEMPTS, tooOften))
                    : new Verdict(admitted, null);
        }
        // After the credential: one bad client must not lock out the good ones that share its address.
        String network = network(IngestRoute.address(request));
        long blocked = failedOfAddresses.retryAfterSeconds(network, now);
        if (blocked > 0) {
            return refuse(tooMany(RefusalReason.ADDRESS_ATTEMPTS, blocked));
        }
        failedOfAddresses.count(network, now);
        if (admission instanceof Admission.Disabled) {
            return refuse(disabled());
        }
        return refuse(noCredential());
    }

    /** Of an IPv6 address its /64, which is one customer's, as Java writes it: in full. */
    private static String network(String address) {
        int end = -1;
        for (int groups = 0; groups < 4; groups++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }

    static Refusal noCredential() {
        return Refusal.of(401, RefusalReason.CREDENTIAL, "no or wrong device credential")
                .header("WWW-Authenticate", Credentials.CHALLENGE);
    }

    static Refusal disabled() {
        return Refusal.of(403, RefusalReason.DISABLED, "an operator has switched this device off");
    }

    static Refusal logFull() {
        return unavailable(RefusalReason.BYTES_IN_FLIGHT, "too much is waiting for Kafka");
    }

    static Refusal full() {
        return unavailable(RefusalReason.CONNECTIONS, "no room for another connection");
    }

    private static Verdict refuse(Refusal problem) {
        return new Verdict(null, problem);
    }

    private static Refusal unavailable(RefusalReason reason, String detail) {
        return Refusal.of(503, reason, detail).header(RETRY_AFTER, FULL_RETRY_SECONDS);
    }

    private static Refusal tooMany(RefusalReason reason, long seconds) {
        return Refusal.of(429, reason, "wait before the next attempt").header(RETRY_AFTER, Long.toString(seconds));
    }
}
