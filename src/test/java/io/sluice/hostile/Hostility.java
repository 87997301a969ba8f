package io.sluice.hostile;

import io.sluice.ingest.DeviceClient;
import io.sluice.ingest.RawSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What a peer can do that means no good: how it begins, and with what it goes on as long as it is let. */
enum Hostility {
    SILENCE,
    TRICKLED_HEAD {
        @Override
        byte[] begin(Random random) {
            return ascii("GET /ingest HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        }

        @Override
        byte[] goOn(Random random) {
            return ascii("a");
        }
    },
    GARBAGE(true) {
        @Override
        byte[] begin(Random random) {
            byte[] octets = new byte[1 + random.nextInt(5_000)];
            random.nextBytes(octets);
            return octets;
        }
    },
    ENDLESS_HEADERS {
        @Override
        byte[] begin(Random random) {
            return ascii(
                    "GET /ingest HTTP/1.1\r\nHost: localhost\r\n" + ("X: " + "y".repeat(997) + "\r\n").repeat(100));
        }
    },
    PROMISED_BODY {
        @Override
        byte[] begin(Random random) {
            return ascii("POST /ingest HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/senml+json\r\n"
                    + "Content-Length: 60000\r\nAuthorization: " + DeviceClient.basic("nobody", "nothing")
                    + "\r\n\r\n[");
        }

        @Override
        byte[] goOn(Random random) {
            return ascii(" ");
        }
    },
    WRONG_TOKEN(true) {
        @Override
        byte[] begin(Random random) {
            return ascii(RawSocket.handshakeOf(DeviceClient.basic("nobody", "nothing"), "") + "\r\n");
        }
    },
    PIPELINE_UNREAD(true) {
        @Override
        byte[] begin(Random random) {
            return ascii("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200));
        }
    },
    HTTP2_PREFACE {
        @Override
        byte[] begin(Random random) {
            return ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        }

        @Override
        byte[] goOn(Random random) {
            return new byte[] {0, 0, 4, 3, 0, 0, 0, 0, (byte) random.nextInt(128), 0, 0, 0, 8};
        }
    },
    NO_HOST(true) {
        @Override
        byte[] begin(Random random) {
            return ascii("GET / HTTP/1.1\r\n\r\n".repeat(400));
        }
    },
    HALF_TLS_HELLO {
        @Override
        byte[] begin(Random random) {
            return new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
        }
    };

    private final boolean again;

    Hostility() {
        this(false);
    }

    /** @param again whether it goes on with what it began with */
    Hostility(boolean again) {
        this.again = again;
    }

    byte[] begin(Random random) {
        return new byte[0];
    }

    byte[] goOn(Random random) {
        return again ? begin(random) : new byte[0];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What a device with a right token can do once it is connected. */
    enum OfDevice {
        PINGS {
            @Override
            byte[] octets(Random random) {
                return repeated(RawSocket.frame(true, 0, 9, new byte[100]), 200);
            }
        },
        TINY_FRAMES {
            @Override
            byte[] octets(Random random) {
                return repeated(RawSocket.frame(true, 0, 1, new byte[0]), 2_000);
            }
        },
        CONTROL_NAMES {
            @Override
            byte[] octets(Random random) {
                return text("{\"" + random.nextLong() + "x".repeat(49_000) + "\":1}");
            }
        },
        FOREIGN_LABELS {
            @Override
            byte[] octets(Random random) {
                return text("[{\"n\":\"a\",\"v\":1,\"" + random.nextLong() + "x".repeat(49_000) + "\":1}]");
            }
        },
        NEW_METRICS {
            @Override
            byte[] octets(Random random) {
                return text("[{\"n\":\"m" + Math.abs(random.nextLong()) + "a".repeat(200) + "\",\"v\":1}]");
            }
        },
        ENDLESS_FRAGMENTS {
            @Override
            byte[] octets(Random random) {
                return RawSocket.frame(false, 0, random.nextInt(50) == 0 ? 1 : 0, new byte[] {' '});
            }
        };

        abstract byte[] octets(Random random);

        private static byte[] text(String message) {
            return RawSocket.frame(true, 0, 1, ascii(message));
        }

        private static byte[] repeated(byte[] frame, int times) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < times; i++) {
                all.writeBytes(frame);
            }
            return all.toByteArray();
        }
    }
}
