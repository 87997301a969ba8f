package io.sluice.rollup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder that this process alone uses, out of the numbered ones in a common folder. Kafka Streams refuses to start on a
 * folder that another process holds, and two processes started from one place would give it the same. The lowest free
 * number is taken, so that a process comes back to its own state; a lock goes with its process, however that ended.
 */
final class StateFolder implements AutoCloseable {
    private static final int MAX_FOLDERS = 64;

    private final Path path;
    private final FileChannel lock;

    private StateFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws IOException if none can be made or all are taken */
    static StateFolder take(Path common) throws IOException {
        Path folder = common.toAbsolutePath().normalize();
        Files.createDirectories(folder);
        for (int number = 0; number < MAX_FOLDERS; number++) {
            FileChannel lock = lock(folder.resolve(number + ".lock"));
            if (lock != null) {
                return new StateFolder(folder.resolve(Integer.toString(number)), lock);
            }
        }
        throw new IOException("all " + MAX_FOLDERS + " folders in " + folder + " are in use");
    }

    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // as good as held by another one
        }
        channel.close();
        return null;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
