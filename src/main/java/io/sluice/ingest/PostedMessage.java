package io.sluice.ingest;

import io.sluice.telemetry.RejectCode;
import io.sluice.telemetry.Rejection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One message over HTTP between the log and its answer (device protocol section 6). Used on its event loop. */
final class PostedMessage implements MessageLog.Receiver {
    private final Judgement judgement;
    private final BiConsumer<PostedMessage, @Nullable Throwable> done;
    private int out;
    private @Nullable Throwable failure;
    private boolean answered;

    /** @param done called once, with this: when everything is durable, or with the failure */
    PostedMessage(Judgement judgement, BiConsumer<PostedMessage, @Nullable Throwable> done) {
        this.judgement = judgement;
        this.done = done;
    }

    void append(MessageLog.Lane lane, Origin origin, long seq, long nowMs) {
        byte[] pack = judgement.pack();
        if (pack != null) {
            out++;
            lane.append(new LogEntry(origin, seq, nowMs, pack, null), this);
        }
        for (Judgement.Letter letter : judgement.letters()) {
            out++;
            lane.append(new LogEntry(origin, seq, nowMs, letter.value(), letter.reason()), this);
        }
        settled();
    }

    @Override
    public void receipt(LogEntry entry, @Nullable Throwable cause) {
        out--;
        if (cause != null) {
            failure = cause;
        }
    }

    @Override
    public void settled() {
        if (!answered && (out == 0 || failure != null)) {
            answered = true;
            done.accept(this, failure);
        }
    }

    /** What to answer where the whole message was refused; null where it was not. */
    @Nullable
    Refusal problem() {
        if (judgement.letters().isEmpty()) {
            return null;
        }
        Rejection rejection = judgement.letters().get(0).rejection();
        if (!rejection.wholeMessage()) {
            return null;
        }
        Refusal problem = rejection.code() == RejectCode.MALFORMED
                ? Refusal.of(400, RefusalReason.MESSAGE, rejection.detail())
                : Refusal.of(413, RefusalReason.MESSAGE, rejection.detail());
        return problem.code(rejection.code().wireName());
    }

    JsonObject answer() {
        JsonArray rejected = new JsonArray();
        for (Judgement.Letter letter : judgement.letters()) {
            Rejection rejection = letter.rejection();
            JsonArray records = new JsonArray();
            rejection.records().forEach(records::add);
            rejected.add(new JsonObject()
                    .put("code", rejection.code().wireName())
                    .put("detail", rejection.detail())
                    .put("records", records));
        }
        return new JsonObject().put("accepted", judgement.accepted()).put("rejected", rejected);
    }
}
