package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The document that holds the figures: people write it, except between two markers. */
final class Document {
    private static final String BEGIN = "<!-- measured by src/bench/run: begin -->";
    private static final String END = "<!-- measured by src/bench/run: end -->";

    private Document() {}

    static void replaceMeasured(Path file, String report) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("no markers in " + file);
        }
        Files.writeString(file, text.substring(0, begin + BEGIN.length()) + "\n" + report + text.substring(end));
    }
}
