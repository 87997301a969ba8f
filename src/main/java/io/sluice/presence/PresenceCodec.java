package io.sluice.presence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON of presence records: {@code {"device","connected":true,"since","group","session","instance"}}, with {@code closeCode}
 * on disconnects and {@code "again":true} on what says that a connection remains, {@code {"instance","until"}} for leases,
 * {@code {"device","repeats","fromOne","last"}} for repeated messages, and {@code {"device","late","last"}} for late readings.
 * Unknown members are ignored, so that a newer version may add some.
 */
public final class PresenceCodec {
    private static final JsonFactory JSON = new JsonFactory();

    private PresenceCodec() {}

    public static byte[] encode(PresenceRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            if (record instanceof PresenceRecord.Connected c) {
                device(json, c.device(), true, c.sinceMs(), c.group(), c.session(), c.instance());
            } else if (record instanceof PresenceRecord.Remains r) {
                device(json, r.device(), true, r.sinceMs(), r.group(), r.session(), r.instance());
                json.writeBooleanField("again", true);
            } else if (record instanceof PresenceRecord.Disconnected d) {
                device(json, d.device(), false, d.sinceMs(), d.group(), d.session(), d.instance());
                json.writeNumberField("closeCode", d.closeCode());
            } else if (record instanceof PresenceRecord.Lease lease) {
                json.writeStringField("instance", lease.instance());
                json.writeNumberField("until", lease.untilMs());
            } else if (record instanceof PresenceRecord.Repeats repeats) {
                json.writeStringField("device", repeats.device());
                json.writeNumberField("repeats", repeats.messages());
                json.writeNumberField("fromOne", repeats.fromOne());
                json.writeNumberField("last", repeats.lastMs());
            } else if (record instanceof PresenceRecord.Late late) {
                json.writeStringField("device", late.device());
                json.writeNumberField("late", late.readings());
                json.writeNumberField("last", late.lastMs());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The record, or null where the value is none that this version knows. */
    public static @Nullable PresenceRecord decode(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try (JsonParser json = JSON.createParser(value)) {
            return json.nextToken() == JsonToken.START_OBJECT ? new Fields(json).toRecord() : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static void device(
            JsonGenerator json,
            String device,
            boolean connected,
            long since,
            @Nullable String group,
            String session,
            String instance)
            throws IOException {
        json.writeStringField("device", device);
        json.writeBooleanField("connected", connected);
        json.writeNumberField("since", since);
        if (group != null) {
            json.writeStringField("group", group);
        }
        json.writeStringField("session", session);
        json.writeStringField("instance", instance);
    }

    private static final class Fields {
        private @Nullable String device;
        private @Nullable String group;
        private @Nullable String session;
        private @Nullable String instance;
        private @Nullable Boolean connected;
        private boolean again;
        private long since;
        private long until;
        private long repeats = -1;
        private long late = -1;
        private long fromOne;
        private long last;
        private int closeCode = 1006;

        Fields(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    text(name, json.getText());
                } else if (value == JsonToken.VALUE_NUMBER_INT) {
                    number(name, json.getLongValue());
                } else if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
                    truth(name, value == JsonToken.VALUE_TRUE);
                } else {
                    json.skipChildren();
                }
            }
        }

        private void text(String name, String value) {
            switch (name) {
                case "device" -> device = value;
                case "group" -> group = value;
                case "session" -> session = value;
                case "instance" -> instance = value;
                default -> {}
            }
        }

        private void truth(String name, boolean value) {
            switch (name) {
                case "connected" -> connected = value;
                case "again" -> again = value;
                default -> {}
            }
        }

        private void number(String name, long value) {
            switch (name) {
                case "since" -> since = value;
                case "until" -> until = value;
                case "repeats" -> repeats = value;
                case "late" -> late = value;
                case "fromOne" -> fromOne = value;
                case "last" -> last = value;
                case "closeCode" -> closeCode = (int) value;
                default -> {}
            }
        }

        @Nullable
        PresenceRecord toRecord() {
            if (device != null && repeats >= 0) {
                return new PresenceRecord.Repeats(device, repeats, fromOne, last);
            }
            if (device != null && late >= 0) {
                return new PresenceRecord.Late(device, late, last);
            }
            if (instance == null) {
                return null;
            }
            if (device == null) {
                return new PresenceRecord.Lease(instance, until);
            }
            if (session == null || connected == null) {
                return null;
            }
            if (!connected) {
                return new PresenceRecord.Disconnected(device, group, session, instance, since, closeCode);
            }
            return again
                    ? new PresenceRecord.Remains(device, group, session, instance, since)
                    : new PresenceRecord.Connected(device, group, session, instance, since);
        }
    }
}
