package io.sluice.sim.signal;

import java.util.ArrayList;
import java.util.List;

/** The simulated plant: which devices it has and where they stand. The same for the same size and prefix. */
public final class Plant {
    private static final int LINE_SIZE = 10;

    private Plant() {}

    /** @param group such as {@code line-1}, ten devices each */
    public record Place(String id, String group, Kind kind) {}

    /** @param prefix of the ids, possibly empty */
    public static List<Place> places(int devices, String prefix) {
        List<Place> places = new ArrayList<>(devices);
        Kind[] kinds = Kind.values();
        for (int i = 0; i < devices; i++) {
            Kind kind = kinds[i % kinds.length];
            String id = String.format("%s%s-%02d", prefix, kind.word(), i / kinds.length + 1);
            places.add(new Place(id, prefix + "line-" + (i / LINE_SIZE + 1), kind));
        }
        return places;
    }
}
