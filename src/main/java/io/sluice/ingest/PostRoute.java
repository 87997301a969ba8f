package io.sluice.ingest;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sluice.protocol.Encoding;
import io.sluice.protocol.Numbering;
import io.sluice.registry.Admission;
import io.sluice.registry.DirectoryEntry;
import io.sluice.telemetry.Profile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@code POST /ingest}: one message, the same pipeline, answered when Kafka has it (device protocol section 6). */
@Singleton
class PostRoute {
    private final Door door;
    private final IngestServices services;
    private final AtomicInteger underway = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    PostRoute(Door door, IngestServices services) {
        this.door = door;
        this.services = services;
    }

    /** Requests that wait for Kafka. */
    int underway() {
        return underway.get();
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Door.Verdict who = door.judge(request, false);
        Admission.Admitted admitted = who.device();
        if (admitted == null) {
            refuse(context, who.refusal());
            return;
        }
        Encoding encoding = encoding(request);
        if (encoding == null) {
            refuse(
                    context,
                    Refusal.of(
                            415,
                            RefusalReason.CONTENT_TYPE,
                            "application/senml+json or application/senml+cbor, as it is"));
            return;
        }
        Handshake.Numbers numbers = numbers(request.uri());
        if (numbers == null) {
            refuse(context, Refusal.of(400, RefusalReason.NUMBERS, "epoch and seq belong together, each once"));
            return;
        }
        Refusal tooFast = tooFast(admitted.entry());
        if (tooFast != null) {
            refuse(context, tooFast);
            return;
        }
        if (isTooLong(request.getHeader("Content-Length"), services.config().maxMessageBytes())) {
            // Before it is sent, where the sender waits for a word.
            refuse(context, tooLarge(services.config().maxMessageBytes()));
            return;
        }
        if (open.incrementAndGet() > services.config().maxPosts()) {
            open.decrementAndGet();
            refuse(context, Door.full());
            return;
        }
        context.addEndHandler(end -> open.decrementAndGet());
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            // Only now: whoever is told to go on has a place.
            request.response().writeContinue();
        }
        readBody(context, admitted, encoding, numbers);
    }

    private @Nullable Refusal tooFast(DirectoryEntry device) {
        Profile profile = device.profile();
        long debtMs = services.memory(device.device())
                .bucket()
                .debtMs(profile.readingsPerSecond(), profile.burst(), System.nanoTime());
        return debtMs <= 0
                ? null
                : Refusal.of(429, RefusalReason.RATE, "wait before the next message")
                        .header("Retry-After", Long.toString((debtMs + 999) / 1_000));
    }

    /** What has changed while the body came: a slow one would pass every bound otherwise. */
    private @Nullable Refusal changed(Admission.Admitted admitted) {
        String device = admitted.entry().device();
        DirectoryEntry now = services.directory().find(device);
        if (now == null || !services.directory().isLive(device, admitted.token())) {
            return Door.noCredential();
        }
        if (!now.enabled()) {
            return Door.disabled();
        }
        return services.log().isFull() ? Door.logFull() : tooFast(now);
    }

    private void readBody(
            RoutingContext context, Admission.Admitted admitted, Encoding encoding, Handshake.Numbers numbers) {
        HttpServerRequest request = context.request();
        int max = services.config().maxMessageBytes();
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= max) {
                body.appendBuffer(part);
                if (body.length() > max) {
                    refuse(context, tooLarge(max));
                }
            }
        });
        request.endHandler(end -> {
            Refusal changed = changed(admitted);
            if (changed != null) {
                refuse(context, changed);
            } else if (body.length() <= max) {
                take(context, admitted, encoding, numbers, body.getBytes());
            }
        });
    }

    private void take(
            RoutingContext context,
            Admission.Admitted admitted,
            Encoding encoding,
            Handshake.Numbers numbers,
            byte[] message) {
        EventLoop eventLoop = IngestRoute.channel(context.request()).eventLoop();
        IngestLoop loop = services.loop(eventLoop);
        DeviceLink link = services.link(admitted, numbers);
        long now = loop.millis();
        DirectoryEntry device = admitted.entry();
        Profile profile = device.profile();
        Judgement judgement =
                loop.judge().judge(device.device(), profile, link.memory().metrics(), message, encoding, now);
        services.metrics().taken(judgement);
        int cost = link.isRepeated(numbers.next()) ? 1 : judgement.cost();
        link.memory().bucket().take(cost, profile.readingsPerSecond(), profile.burst(), loop.nanos());
        link.taken(numbers.next());
        underway.incrementAndGet();
        // Cancelled with the answer: it would hold on to the request, and so to the body.
        ScheduledFuture<?> silence = eventLoop.schedule(
                () -> {
                    if (!context.response().ended()) {
                        refuse(context, unknownOutcome());
                    }
                },
                services.config().postTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
        PostedMessage posted = new PostedMessage(judgement, (self, failure) -> {
            underway.decrementAndGet();
            silence.cancel(false);
            if (!context.response().ended()) {
                answer(context, self, failure);
            }
        });
        posted.append(loop.lane(), link.origin(), numbers.next(), now);
    }

    private void answer(RoutingContext context, PostedMessage posted, @Nullable Throwable failure) {
        Refusal problem = failure == null ? posted.problem() : unknownOutcome();
        if (problem != null) {
            refuse(context, problem);
        } else {
            context.response()
                    .putHeader("content-type", "application/json")
                    .end(posted.answer().toBuffer());
        }
    }

    /** Vert.x has checked that it is a number, but for its size. */
    private static boolean isTooLong(@Nullable String contentLength, int max) {
        if (contentLength == null) {
            return false;
        }
        try {
            return Long.parseLong(contentLength.trim()) > max;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /** What still comes is not read for long, see {@code RequestDeadline}. */
    private static Refusal tooLarge(int max) {
        return Refusal.of(413, RefusalReason.TOO_LARGE, "more than " + max + " octets")
                .code("too-large")
                .header("Connection", "close");
    }

    private static Refusal unknownOutcome() {
        return Refusal.of(503, RefusalReason.KAFKA_SILENT, "the outcome is unknown: repeat with the same epoch and seq")
                .header("Retry-After", "5");
    }

    private static @Nullable Encoding encoding(HttpServerRequest request) {
        List<String> types = request.headers().getAll("Content-Type");
        if (types.size() != 1 || request.headers().contains("Content-Encoding")) {
            return null;
        }
        String type = types.get(0).split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        for (Encoding encoding : Encoding.values()) {
            if (encoding.contentType().equals(type)) {
                return encoding;
            }
        }
        return null;
    }

    /** Null where they are malformed. */
    private static Handshake.@Nullable Numbers numbers(String uri) {
        Map<String, List<String>> query;
        try {
            query = new QueryStringDecoder(uri).parameters();
        } catch (IllegalArgumentException e) {
            return null;
        }
        List<String> epochs = query.getOrDefault("epoch", List.of());
        List<String> seqs = query.getOrDefault("seq", List.of());
        if (epochs.isEmpty() && seqs.isEmpty()) {
            return new Handshake.Numbers(null, 1);
        }
        if (epochs.size() != 1 || seqs.size() != 1 || !Numbering.isEpoch(epochs.get(0))) {
            return null;
        }
        long seq = Numbering.parse(seqs.get(0));
        return seq < 0 ? null : new Handshake.Numbers(epochs.get(0), seq);
    }

    private void refuse(RoutingContext context, @Nullable Refusal problem) {
        if (problem != null && !context.response().ended()) {
            services.metrics().refused(problem);
            problem.send(context.response());
        }
    }
}
