package io.sluice.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one object into bytes: the few shapes that server frames are made of. Used once per frame. */
abstract sealed class FrameWriter {
    private byte[] bytes = new byte[128];
    private int size;

    static FrameWriter of(Encoding encoding) {
        return encoding == Encoding.JSON ? new Json() : new Cbor();
    }

    abstract FrameWriter object(int members);

    abstract FrameWriter endObject();

    abstract FrameWriter key(String name);

    abstract FrameWriter text(String value);

    abstract FrameWriter integer(long value);

    abstract FrameWriter seconds(long milliseconds);

    abstract FrameWriter integers(Iterable<Integer> values, int count);

    final byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    final void put(int b) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) b;
    }

    final void put(byte[] source) {
        if (bytes.length - size < source.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + source.length));
        }
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    final void putAscii(String ascii) {
        put(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static final class Json extends FrameWriter {
        private static final char[] HEX = "0123456789abcdef".toCharArray();
        private boolean separate;

        @Override
        FrameWriter object(int members) {
            put('{');
            separate = false;
            return this;
        }

        @Override
        FrameWriter endObject() {
            put('}');
            separate = true;
            return this;
        }

        @Override
        FrameWriter key(String name) {
            if (separate) {
                put(',');
            }
            quote(name);
            put(':');
            separate = true;
            return this;
        }

        @Override
        FrameWriter text(String value) {
            quote(value);
            return this;
        }

        @Override
        FrameWriter integer(long value) {
            putAscii(Long.toString(value));
            return this;
        }

        @Override
        FrameWriter seconds(long milliseconds) {
            putAscii(milliseconds / 1000 + "."
                    + Long.toString(milliseconds % 1000 + 1000).substring(1));
            return this;
        }

        @Override
        FrameWriter integers(Iterable<Integer> values, int count) {
            put('[');
            boolean first = true;
            for (int value : values) {
                if (!first) {
                    put(',');
                }
                first = false;
                putAscii(Integer.toString(value));
            }
            put(']');
            return this;
        }

        private void quote(String value) {
            put('"');
            for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
                if (b == '"' || b == '\\') {
                    put('\\');
                    put(b);
                } else if (b >= 0 && b < 0x20) {
                    putAscii("\\u00");
                    put(HEX[b >> 4]);
                    put(HEX[b & 15]);
                } else {
                    put(b);
                }
            }
            put('"');
        }
    }

    private static final class Cbor extends FrameWriter {
        private static final int FLOAT_64 = 0xfb;

        @Override
        FrameWriter object(int members) {
            head(5, members);
            return this;
        }

        @Override
        FrameWriter endObject() {
            return this;
        }

        @Override
        FrameWriter key(String name) {
            return text(name);
        }

        @Override
        FrameWriter text(String value) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            head(3, utf8.length);
            put(utf8);
            return this;
        }

        @Override
        FrameWriter integer(long value) {
            head(0, value);
            return this;
        }

        @Override
        FrameWriter seconds(long milliseconds) {
            put(FLOAT_64);
            bigEndian(Double.doubleToLongBits(milliseconds / 1e3), 8);
            return this;
        }

        @Override
        FrameWriter integers(Iterable<Integer> values, int count) {
            head(4, count);
            for (int value : values) {
                integer(value);
            }
            return this;
        }

        private void head(int major, long argument) {
            int high = major << 5;
            if (argument < 24) {
                put(high | (int) argument);
            } else if (argument < 1 << 8) {
                put(high | 24);
                put((int) argument);
            } else if (argument < 1 << 16) {
                put(high | 25);
                bigEndian(argument, 2);
            } else if (argument < 1L << 32) {
                put(high | 26);
                bigEndian(argument, 4);
            } else {
                put(high | 27);
                bigEndian(argument, 8);
            }
        }

        private void bigEndian(long value, int length) {
            for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
                put((int) (value >>> shift));
            }
        }
    }
}
