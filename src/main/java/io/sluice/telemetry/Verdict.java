package io.sluice.telemetry;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects the refused records of one message by code. */
final class Verdict {
    private final Map<RejectCode, List<Integer>> records = new EnumMap<>(RejectCode.class);
    private final List<RejectCode> codes = new ArrayList<>();
    private final List<String> details = new ArrayList<>();

    boolean isNew(RejectCode code) {
        return !records.containsKey(code);
    }

    void begin(RejectCode code, String detail) {
        records.put(code, new ArrayList<>());
        codes.add(code);
        details.add(detail);
    }

    void add(RejectCode code, int record) {
        records.get(code).add(record);
    }

    List<Rejection> rejections() {
        List<Rejection> rejections = new ArrayList<>(codes.size());
        for (int i = 0; i < codes.size(); i++) {
            rejections.add(new Rejection(codes.get(i), details.get(i), records.get(codes.get(i))));
        }
        return rejections;
    }
}
