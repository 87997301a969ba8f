package io.sluice.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One server a folder. After {@code kill -9} of a service its embedded servers take a moment to notice and to stop; the
 * next start waits for that moment here instead of failing on a folder in use.
 */
final class FolderLock {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private FolderLock() {}

    /**
     * Held until the process ends; the operating system gives it back then, also after {@code kill -9}. The file names
     * the holder's process id.
     */
    static FileLock hold(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path file = folder.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                String holder = Long.toString(ProcessHandle.current().pid());
                channel.truncate(0).write(StandardCharsets.US_ASCII.encode(holder));
                return lock;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("another Sluice uses " + folder + " (process " + Files.readString(file) + ")");
            }
            Thread.sleep(100);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        }
    }
}
