package io.sluice.sim.command;

import io.sluice.sim.firmware.FirmwareLimits;
import io.sluice.sim.fleet.Credentials;
import io.sluice.sim.fleet.Fleet;
import io.sluice.sim.pack.Encoding;
import io.sluice.sim.wire.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the devices connect, and how. */
final class ServerOptions {
    static final String CREDENTIALS = ".sluice/devices.credentials";

    @Option(
            names = "--url",
            defaultValue = "wss://localhost:8443/ingest",
            description = "The service's device endpoint. Default: ${DEFAULT-VALUE}")
    URI url = URI.create("wss://localhost:8443/ingest");

    @Option(
            names = "--ca",
            paramLabel = "PEM",
            description = "Authority that the service's certificate must come from; else those that Java knows. TLS is"
                    + " always verified, the host's name too.")
    @Nullable
    Path ca;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            defaultValue = CREDENTIALS,
            description = "Devices and tokens, as 'provision' wrote them. Default: ${DEFAULT-VALUE}")
    Path credentials = Path.of(CREDENTIALS);

    @Option(
            names = "--encoding",
            defaultValue = "mixed",
            description = "json, cbor, or mixed: every other device. Default: ${DEFAULT-VALUE}")
    EncodingChoice encoding = EncodingChoice.mixed;

    @Option(
            names = "--fragment",
            paramLabel = "BYTES",
            defaultValue = "0",
            description = "Send longer messages in fragments of that size, as small firmware does. Default: never")
    int fragment;

    @Option(
            names = "--buffer",
            paramLabel = "MESSAGES",
            defaultValue = "1024",
            description =
                    "Unacknowledged messages that a device keeps. When full it makes no new ones; none is dropped."
                            + " Default: ${DEFAULT-VALUE}")
    int buffer = FirmwareLimits.DEFAULT_BUFFERED_MESSAGES;

    @Option(
            names = "--ramp",
            paramLabel = "PER_SECOND",
            defaultValue = "200",
            description = "New connections per second at the start. Default: ${DEFAULT-VALUE}")
    int ramp = 200;

    @Option(names = "--threads", defaultValue = "1", description = "Event loops. Default: ${DEFAULT-VALUE}")
    int threads = 1;

    @Option(
            names = "--seed",
            description = "Of everything random but the epochs, which must never repeat. Default: random, printed")
    long seed = new Random().nextLong() & 0xffff_ffffL;

    enum EncodingChoice {
        json,
        cbor,
        mixed;

        Encoding of(int place) {
            return this == json || (this == mixed && place % 2 == 0) ? Encoding.JSON : Encoding.CBOR;
        }
    }

    /** @throws UsageException where an option makes no sense */
    void check() throws UsageException {
        boolean webSocket = "ws".equals(url.getScheme()) || "wss".equals(url.getScheme());
        if (!webSocket || url.getHost() == null || url.getRawQuery() != null || url.getRawUserInfo() != null) {
            throw new UsageException("--url must be ws:// or wss://, without user and query: " + url.getHost());
        }
        if (fragment < 0 || (fragment > 0 && fragment < 16)) {
            throw new UsageException("--fragment must be 16 bytes or more");
        }
        if (buffer < 1 || ramp < 1 || threads < 1) {
            throw new UsageException("--buffer, --ramp and --threads must be 1 or more");
        }
    }

    /** @param serverTime whether devices go by the server's clock */
    Fleet.Settings settings(boolean serverTime) throws IOException {
        return new Fleet.Settings(url, Trust.of(ca), fragment, buffer, ramp, threads, serverTime, seed);
    }

    /** @throws UsageException where the file is absent or cannot be read */
    Credentials load() throws UsageException, IOException {
        if (!Files.exists(credentials)) {
            throw new UsageException("no credentials in " + credentials + "; make them with 'provision'");
        }
        if (Credentials.isOpenToOthers(credentials)) {
            System.err.println("Warning: others than you can read " + credentials + " (chmod 600)");
        }
        return Credentials.load(credentials);
    }

    /** @throws UsageException naming the devices that have no token */
    static void demandTokens(Collection<String> devices, Credentials credentials) throws UsageException {
        List<String> missing = new ArrayList<>();
        for (String device : devices) {
            if (credentials.token(device) == null) {
                missing.add(device);
            }
        }
        if (!missing.isEmpty()) {
            String some = String.join(", ", missing.subList(0, Math.min(5, missing.size())));
            throw new UsageException(missing.size() + " devices have no token in the credentials file (" + some
                    + "); provision them first");
        }
    }
}
