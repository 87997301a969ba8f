package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The builder of a native executable initialises the service's classes itself, and what they make for themselves then stands in
 * the image. So a class that, initialised, needs one which Quarkus initialises at run time fails that build, and so does one
 * that keeps a source of random numbers or a thread. Both are seen here without that builder: each class is initialised, in
 * order, by a JVM that tells of every class that it initialises on the way.
 */
class NativeStartTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final String MARK = "then ";
    private static final Pattern INITIALISED = Pattern.compile("Initializing '([^']+)'");

    /**
     * Of Quarkus's list (the strings of {@code io.quarkus.runner.Feature} among the native sources) those that are near to our
     * code; not Netty's PlatformDependent, which every constant of Netty's needs and which is only initialised once more.
     */
    private static final Set<String> AT_RUN_TIME = Set.of(
            "io/netty/buffer/AbstractReferenceCountedByteBuf",
            "io/netty/buffer/ByteBufAllocator",
            "io/netty/buffer/ByteBufUtil",
            "io/netty/buffer/PooledByteBufAllocator",
            "io/netty/buffer/Unpooled",
            "io/netty/buffer/UnpooledByteBufAllocator",
            "io/netty/channel/DefaultChannelId",
            "io/netty/handler/codec/http/HttpObjectAggregator",
            "io/netty/handler/codec/http/HttpObjectEncoder",
            "io/netty/util/AbstractReferenceCounted",
            "io/quarkus/elytron/security/common/BcryptUtil",
            "io/quarkus/vertx/runtime/jackson/QuarkusJacksonJsonCodec",
            "io/vertx/core/buffer/impl/PartialPooledByteBufAllocator",
            "io/vertx/core/buffer/impl/VertxByteBufAllocator",
            "io/vertx/core/http/impl/Http1xServerResponse",
            "io/vertx/core/json/Json",
            "org/apache/kafka/common/security/authenticator/SaslClientAuthenticator",
            "org/rocksdb/RocksDB");

    @Test
    void noClassNeedsWhatOnlyARunningServiceHas() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+init=info:stdout",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NativeStartTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor())
                .as(output.lines()
                        .skip(Math.max(0, output.lines().count() - 20))
                        .collect(Collectors.joining("\n")))
                .isZero();
        Set<String> faults = new TreeSet<>();
        String current = "";
        int classes = 0;
        for (String line : output.lines().toList()) {
            if (line.startsWith(MARK)) {
                current = line.substring(MARK.length());
                classes++;
            }
            Matcher initialised = INITIALISED.matcher(line);
            if (initialised.find() && AT_RUN_TIME.contains(initialised.group(1))) {
                faults.add(current + " initialises " + initialised.group(1));
            }
        }
        assertThat(classes).isGreaterThan(300);
        assertThat(faults).isEmpty();
    }

    /** Of the process that tells. Local servers are none of a native executable. */
    public static void main(String[] arguments) throws Exception {
        List<String> names;
        try (Stream<Path> files = Files.walk(CLASSES.resolve("io/sluice"))) {
            names = files.map(CLASSES::relativize)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".class") && !file.contains("-info") && !file.contains("/local/"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .sorted()
                    .toList();
        }
        for (String name : names) {
            System.out.println(MARK + name);
            keepsNothing(Class.forName(name));
        }
    }

    private static void keepsNothing(Class<?> type) throws IllegalAccessException, IOException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                Object kept = field.get(null);
                if (kept instanceof Random || kept instanceof Thread) {
                    throw new IOException(
                            type.getName() + " keeps a " + kept.getClass().getName());
                }
            }
        }
    }
}
