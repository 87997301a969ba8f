package io.sluice.sim.fleet;

import io.sluice.sim.firmware.DeviceId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Devices and their tokens, in the order they were provisioned. As a file: a line {@code <device> <token>} each, lines
 * that begin with {@code #} are comments; readable by its owner only, and replaced as a whole, so that a reader never
 * sees half of it.
 */
public final class Credentials {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Map<String, String> tokens = new LinkedHashMap<>();

    public @Nullable String token(String device) {
        return tokens.get(device);
    }

    public void put(String device, String token) {
        tokens.put(device, token);
    }

    public Set<String> devices() {
        return Collections.unmodifiableSet(tokens.keySet());
    }

    /** @throws IOException where the file cannot be read or a line is not of the form; the message holds no token */
    public static Credentials load(Path file) throws IOException {
        Credentials credentials = new Credentials();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split("\\s+");
            if (words.length != 2 || !DeviceId.isValid(words[0])) {
                throw new IOException(file + ", line " + number + ": not '<device> <token>'");
            }
            credentials.put(words[0], words[1]);
        }
        return credentials;
    }

    /** Whether others than its owner may read the file; false where the file system does not tell. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
    }

    public void save(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path fresh = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
        FileAttribute<?>[] attributes = isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try {
            try (SeekableByteChannel out = Files.newByteChannel(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
                    attributes)) {
                ByteBuffer bytes = ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private String text() {
        StringBuilder text =
                new StringBuilder("# Device tokens for Sluice. Whoever reads them can speak as these devices.\n");
        tokens.forEach(
                (device, token) -> text.append(device).append(' ').append(token).append('\n'));
        return text.toString();
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
