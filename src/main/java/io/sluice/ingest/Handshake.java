package io.sluice.ingest;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.sluice.platform.OpeningHandshake;
import io.sluice.platform.Problem;
import io.sluice.protocol.Encoding;
import io.sluice.protocol.Numbering;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is a WebSocket handshake that this endpoint takes (device protocol section 1; RFC 6455 section 4.2.1).
 * Who asks is judged apart, by {@link Credentials}.
 */
final class Handshake {
    private static final int MAX_PARAMETERS = 32;

    private Handshake() {}

    /**
     * @param epoch null where the server is to make one up
     * @param next number of the first message
     */
    record Numbers(@Nullable String epoch, long next) {}

    /** What it asks for, where it is well-formed. */
    record Terms(Encoding encoding, @Nullable String subprotocol, Numbers numbers) {}

    /** Terms or a problem: exactly one is there. */
    record Verdict(@Nullable Terms terms, @Nullable Refusal problem) {
        Refusal refusal() {
            return Objects.requireNonNull(problem);
        }
    }

    /** @param http11 whether the request is HTTP/1.1 */
    static Verdict judge(boolean http11, MultiMap headers, String uri) {
        Problem fault = OpeningHandshake.fault(http11, headers);
        if (fault != null) {
            return new Verdict(null, fault.status() == 426 ? upgradeRequired(fault) : malformed(fault.detail()));
        }
        Encoding.Choice choice = Encoding.choose(headers.getAll("Sec-WebSocket-Protocol"));
        Encoding encoding = choice.encoding();
        if (encoding == null) {
            return new Verdict(
                    null,
                    Refusal.of(
                            400,
                            RefusalReason.SUBPROTOCOL,
                            "no subprotocol that is known: " + Encoding.JSON.subprotocol() + ", "
                                    + Encoding.CBOR.subprotocol()));
        }
        Map<String, List<String>> query;
        try {
            query = new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS).parameters();
        } catch (IllegalArgumentException e) {
            return refuse("the query is not well-formed");
        }
        String epoch = null;
        List<String> epochs = query.getOrDefault("epoch", List.of());
        if (!epochs.isEmpty()) {
            epoch = epochs.get(0);
            if (epochs.size() > 1 || !Numbering.isEpoch(epoch)) {
                return refuse("epoch is 1-64 of A-Z a-z 0-9 . _ -");
            }
        }
        long next = 1;
        List<String> nexts = query.getOrDefault("next", List.of());
        if (!nexts.isEmpty()) {
            next = nexts.size() > 1 ? -1 : Numbering.parse(nexts.get(0));
            if (next < 0) {
                return refuse("next is a number from 1 to 2^53-1");
            }
        }
        return new Verdict(new Terms(encoding, choice.echo(), new Numbers(epoch, next)), null);
    }

    private static Verdict refuse(String detail) {
        return new Verdict(null, malformed(detail));
    }

    private static Refusal malformed(String detail) {
        return Refusal.of(400, RefusalReason.MALFORMED, detail);
    }

    private static Refusal upgradeRequired(Problem fault) {
        return Refusal.of(fault.status(), RefusalReason.NO_UPGRADE, fault.detail())
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", OpeningHandshake.VERSION);
    }
}
