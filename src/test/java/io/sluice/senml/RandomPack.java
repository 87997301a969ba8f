package io.sluice.senml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A valid pack made at random, as JSON and as CBOR of the same content, and what it resolves to, worked out here in the
 * plainest way from RFC 8428 and not with any code of the decoders.
 */
final class RandomPack {
    static final double NOW = 1_763_632_800.25;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SplittableRandom random;
    private final ArrayNode pack = MAPPER.createArrayNode();

    RandomPack(SplittableRandom random) {
        this.random = random;
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            pack.add(shuffled(record(i == 0)));
        }
    }

    byte[] json() {
        return pack.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    byte[] cbor() {
        CborBytes out = new CborBytes(random);
        out.container(4, pack.size(), () -> pack.forEach(record -> write(out, record)));
        return out.toBytes();
    }

    List<ResolvedRecord> resolved() {
        ObjectNode base = MAPPER.createObjectNode();
        ArrayNode resolved = MAPPER.createArrayNode();
        for (JsonNode record : pack) {
            for (String label : List.of("bn", "bt", "bu", "bv", "bs")) {
                if (record.has(label)) {
                    base.set(label, record.get(label));
                }
            }
            if (record.has("n")) {
                resolved.add(resolve(record, base));
            }
        }
        return ResolvedRecord.of(resolved);
    }

    private static ObjectNode resolve(JsonNode record, ObjectNode base) {
        ObjectNode out = MAPPER.createObjectNode();
        out.put("n", base.path("bn").asText() + record.get("n").asText());
        String unit =
                record.has("u") ? record.get("u").asText() : base.path("bu").asText();
        if (!unit.isEmpty()) {
            out.put("u", unit);
        }
        double time = base.path("bt").asDouble() + record.path("t").asDouble();
        out.put("t", time < Math.pow(2, 28) ? NOW + time : time);
        if (record.has("v")) {
            out.put("v", base.path("bv").asDouble() + record.get("v").asDouble());
        }
        for (String label : List.of("vs", "vb", "vd", "ut")) {
            if (record.has(label)) {
                out.set(label, record.get(label));
            }
        }
        if (record.has("s") || base.has("bs")) {
            out.put("s", base.path("bs").asDouble() + record.path("s").asDouble());
        }
        return out;
    }

    private ObjectNode record(boolean first) {
        ObjectNode record = MAPPER.createObjectNode();
        if (first || oneIn(4)) {
            record.put("bn", name());
        }
        if (oneIn(4)) {
            record.put("bt", oneIn(2) ? 1.7e9 + random.nextInt(1_000_000) / 1000.0 : -random.nextInt(1000));
        }
        if (oneIn(4)) {
            record.put("bu", oneIn(4) ? "" : "V");
        }
        if (oneIn(6)) {
            record.put("bv", number());
        }
        if (oneIn(10)) {
            record.put("bs", number());
        }
        if (oneIn(8)) {
            record.put("bver", 10);
        }
        if (oneIn(8) && record.size() > 0) {
            return record;
        }
        record.put("n", name());
        if (oneIn(2)) {
            record.put("u", oneIn(6) ? "" : oneIn(4) ? "°C" : "Cel");
        }
        if (oneIn(2)) {
            record.put("t", -random.nextInt(100_000) / 1000.0);
        }
        switch (random.nextInt(6)) {
            case 0 -> record.put("vs", text());
            case 1 -> record.put("vb", random.nextBoolean());
            case 2 -> record.put("vd", BASE64.encodeToString(text().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            case 3 -> record.put("s", number());
            default -> record.put("v", number());
        }
        if (oneIn(5) && !record.has("s")) {
            record.put("s", number());
        }
        if (oneIn(5)) {
            record.put("ut", random.nextInt(1000));
        }
        if (oneIn(5)) {
            record.put("foo", text());
        }
        return record;
    }

    private ObjectNode shuffled(ObjectNode record) {
        List<String> labels = new ArrayList<>();
        record.fieldNames().forEachRemaining(labels::add);
        Collections.shuffle(labels, new java.util.Random(random.nextLong()));
        ObjectNode shuffled = MAPPER.createObjectNode();
        labels.forEach(label -> shuffled.set(label, record.get(label)));
        return shuffled;
    }

    private void write(CborBytes out, JsonNode record) {
        out.container(5, record.size(), () -> {
            for (Iterator<Map.Entry<String, JsonNode>> it = record.fields(); it.hasNext(); ) {
                Map.Entry<String, JsonNode> member = it.next();
                label(out, member.getKey());
                value(out, member.getKey(), member.getValue());
            }
        });
    }

    private void label(CborBytes out, String label) {
        int number = List.of("bs", "bv", "bu", "bt", "bn", "bver", "n", "u", "v", "vs", "vb", "s", "t", "ut", "vd")
                .indexOf(label);
        if (number < 0 || oneIn(5)) {
            out.text(label);
        } else {
            out.integer(number - 6);
        }
    }

    private static void value(CborBytes out, String label, JsonNode value) {
        if (label.equals("vd")) {
            out.bytes(Base64.getUrlDecoder().decode(value.asText()));
        } else if (label.equals("bver")) {
            out.integer(value.asLong());
        } else if (value.isTextual()) {
            out.text(value.asText());
        } else if (value.isBoolean()) {
            out.truth(value.asBoolean());
        } else {
            out.number(value.asDouble());
        }
    }

    private double number() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(-1000, 1000);
            case 1 -> random.nextInt(-100_000, 100_000) / 100.0;
            case 2 ->
                BigDecimal.valueOf(random.nextLong(), random.nextInt(-200, 200)).doubleValue();
            default -> random.nextDouble();
        };
    }

    private String name() {
        String letters = "abcXYZ019:./_-";
        StringBuilder name = new StringBuilder("n");
        for (int i = random.nextInt(12); i > 0; i--) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return name.toString();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int point = random.nextInt(oneIn(2) ? 0x80 : oneIn(2) ? 0x800 : 0x110000);
            text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '?' : point);
        }
        return text.toString();
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
