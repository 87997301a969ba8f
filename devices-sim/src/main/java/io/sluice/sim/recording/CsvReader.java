package io.sluice.sim.recording;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** RFC 4180, plain or gzipped (told by the content, not the name): quoted cells may hold separators, quotes and line ends. */
final class CsvReader implements AutoCloseable {
    private static final char QUOTE = '"';
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final BufferedReader in;
    private final char separator;
    private long line;

    CsvReader(Path file, char separator) throws IOException {
        this.in = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8), 1 << 16);
        this.separator = separator;
    }

    /** Line on which the last record ended, from 1. */
    long line() {
        return line;
    }

    /** The next record as it stands in the file; null at the end. Empty lines are passed over. */
    @Nullable
    String next() throws IOException {
        String text = in.readLine();
        line++;
        while (text != null && text.isEmpty()) {
            text = in.readLine();
            line++;
        }
        if (text == null) {
            return null;
        }
        if (line == 1 && text.charAt(0) == '\ufeff') {
            text = text.substring(1);
        }
        if (text.indexOf(QUOTE) < 0) {
            return text;
        }
        StringBuilder record = new StringBuilder(text);
        while (quotes(record) % 2 != 0) {
            String more = in.readLine();
            line++;
            if (more == null) {
                throw new IOException("line " + line + ": the file ends within quotes");
            }
            record.append('\n').append(more);
        }
        return record.toString();
    }

    static List<String> split(String record, char separator) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (c == QUOTE) {
                if (quoted && i + 1 < record.length() && record.charAt(i + 1) == QUOTE) {
                    cell.append(QUOTE);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == separator && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    List<String> split(String record) {
        return split(record, separator);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static long quotes(CharSequence text) {
        return text.chars().filter(c -> c == QUOTE).count();
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            boolean zipped = in.read() == GZIP_MAGIC_1 && in.read() == GZIP_MAGIC_2;
            in.reset();
            return zipped ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
