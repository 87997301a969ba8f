package io.sluice.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Topic {@code readings.rejected}: what was refused and why. {@code records} of an item is how many were refused, absent
 * where the whole message was; what they are is no part of it, see {@link RefusedContents}.
 */
final class RejectIntake implements Intake {
    private static final JsonFactory JSON = new JsonFactory();

    private final Board board;
    private final Filter wanted;
    private final @Nullable RefusedContents contents;
    private long count;

    RejectIntake(Board board, RefusedContents contents) {
        this(board, Filter.all(), contents);
    }

    private RejectIntake(Board board, Filter wanted, @Nullable RefusedContents contents) {
        this.contents = contents;
        this.board = board;
        this.wanted = wanted;
    }

    /** Of what was taken before: for that filter alone. */
    static RejectIntake again(Board board, Filter wanted) {
        return new RejectIntake(board, wanted, null);
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        String code = Headers.text(record, "code");
        if (record.key() == null || code == null) {
            throw new IllegalArgumentException("key or code is missing");
        }
        String device = new String(record.key(), StandardCharsets.UTF_8);
        String group = Headers.text(record, "group");
        SeriesKey series = SeriesKey.ofDevice(device, group, code);
        if (!wanted.matches(series)) {
            return;
        }
        StringBuilder json = new StringBuilder(200).append("{\"device\":").append(Json.quote(device));
        String epoch = Headers.text(record, "epoch");
        if (epoch != null) {
            json.append(",\"epoch\":").append(Json.quote(epoch));
        }
        long seq = Headers.number(record, "seq", -1);
        if (seq >= 0) {
            json.append(",\"seq\":").append(seq);
        }
        json.append(",\"code\":").append(Json.quote(code));
        String detail = Headers.text(record, "detail");
        if (detail != null) {
            json.append(",\"detail\":").append(Json.quote(detail));
        }
        int records = isWholeMessage(code) ? -1 : count(record.value());
        if (records >= 0) {
            json.append(",\"records\":").append(records);
        }
        json.append(",\"received\":")
                .append(Headers.number(record, "received", record.timestamp()))
                .append('}');
        if (contents != null) {
            contents.keep(record);
        }
        board.put(
                series,
                ++count,
                true,
                json.toString().getBytes(StandardCharsets.UTF_8),
                record.partition(),
                record.offset(),
                record.timestamp());
    }

    private static boolean isWholeMessage(String code) {
        return code.equals("malformed") || code.equals("too-many-records") || code.equals("too-large");
    }

    /** Records of a resolved pack; -1 where it is none. */
    private static int count(byte @Nullable [] pack) {
        if (pack == null) {
            return -1;
        }
        try (JsonParser parser = JSON.createParser(pack)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return -1;
            }
            int records = 0;
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                parser.skipChildren();
                records++;
            }
            return records;
        } catch (IOException e) {
            return -1;
        }
    }
}
