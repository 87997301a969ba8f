package io.sluice.sim.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One line per acknowledged message: device, epoch, number, records sent, records rejected, how often it was sent,
 * separated by tabs. What stands here was promised by the server to be durable, so a check may hold it against the
 * topics. Any thread.
 */
public final class Ledger implements AutoCloseable {
    private final BufferedWriter out;

    public Ledger(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    public synchronized void add(String device, String epoch, long number, int records, int rejected, int sendings) {
        try {
            out.append(device).append('\t').append(epoch).append('\t');
            out.append(Long.toString(number)).append('\t').append(Integer.toString(records));
            out.append('\t').append(Integer.toString(rejected));
            out.append('\t').append(Integer.toString(sendings)).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void flush() throws IOException {
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
