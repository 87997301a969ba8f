package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The document that holds the figures: people write it, except between two markers. */
final class Document {
    private Document() {}

    /** @param command that measured it, which the markers name */
    static void replaceMeasured(Path file, String command, String report) throws IOException {
        String text = Files.readString(file);
        String beginMarker = "<!-- measured by " + command + ": begin -->";
        int begin = text.indexOf(beginMarker);
        int end = text.indexOf("<!-- measured by " + command + ": end -->");
        if (begin < 0 || end < begin) {
            throw new IOException("no markers in " + file);
        }
        Files.writeString(file, text.substring(0, begin + beginMarker.length()) + "\n" + report + text.substring(end));
    }
}
