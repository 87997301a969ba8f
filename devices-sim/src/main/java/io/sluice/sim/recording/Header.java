package io.sluice.sim.recording;

import io.sluice.sim.recording.Layout.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What each column of a file is for. */
record Header(int width, int timeIndex, List<Integer> idIndexes, List<Column> metrics) {

    /** @throws IOException where the layout names a column that is not there, or two columns become one metric */
    static Header of(List<String> names, Layout layout) throws IOException {
        int time = index(names, layout.timeColumn());
        List<Integer> ids = new ArrayList<>();
        for (String column : layout.idColumns()) {
            ids.add(index(names, column));
        }
        for (String column : layout.mapped().keySet()) {
            index(names, column);
        }
        for (String column : layout.ignored()) {
            index(names, column);
        }
        List<Column> metrics = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            // A column with an id or the time is a metric only where the mapping says so.
            boolean spoken = i == time || ids.contains(i) || layout.ignored().contains(name) || name.isEmpty();
            if (spoken && !layout.mapped().containsKey(name)) {
                continue;
            }
            Target target = layout.mapped().containsKey(name) ? layout.mapped().get(name) : Target.automatic(name);
            if (!taken.add(target.metric())) {
                throw new IOException("two columns become the metric " + target.metric());
            }
            metrics.add(new Column(i, target.metric(), target.unit()));
        }
        if (metrics.isEmpty()) {
            throw new IOException("no column is left to become a metric");
        }
        return new Header(names.size(), time, ids, metrics);
    }

    String time(List<String> cells) {
        return timeIndex < cells.size() ? cells.get(timeIndex) : "";
    }

    String rawId(List<String> cells) {
        List<String> parts = new ArrayList<>();
        for (int index : idIndexes) {
            parts.add(index < cells.size() ? cells.get(index) : "");
        }
        return String.join("-", parts);
    }

    private static int index(List<String> names, String name) throws IOException {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IOException("no column '" + name + "'; there are " + String.join(", ", names));
        }
        return index;
    }
}
