package io.sluice.senml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Strings by their octets, so that a name that comes with every message is built once. A fixed number of places, one per
 * hash; a newcomer takes the place. Names made to collide cost their sender's messages a new string each, no more.
 */
final class TextCache {
    private final byte[] @Nullable [] keys;
    private final @Nullable String[] texts;

    /** @param places a power of two */
    TextCache(int places) {
        keys = new byte[places][];
        texts = new String[places];
    }

    String get(byte[] octets, int length) {
        int place = hash(octets, length) & keys.length - 1;
        byte[] key = keys[place];
        String text = texts[place];
        if (key == null || text == null || !Arrays.equals(key, 0, key.length, octets, 0, length)) {
            text = new String(octets, 0, length, StandardCharsets.UTF_8);
            keys[place] = Arrays.copyOf(octets, length);
            texts[place] = text;
        }
        return text;
    }

    private static int hash(byte[] octets, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + octets[i];
        }
        return hash ^ hash >>> 15;
    }
}
