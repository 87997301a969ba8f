package io.sluice.telemetry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the refused records of one message by code. */
final class Verdict {
    private record Found(String detail, List<Integer> records) {}

    private final Map<RejectCode, Found> byCode = new LinkedHashMap<>();

    boolean isNew(RejectCode code) {
        return !byCode.containsKey(code);
    }

    void begin(RejectCode code, String detail) {
        byCode.put(code, new Found(detail, new ArrayList<>()));
    }

    void add(RejectCode code, int record) {
        Found found = byCode.get(code);
        if (found != null) {
            found.records.add(record);
        }
    }

    List<Rejection> rejections() {
        List<Rejection> rejections = new ArrayList<>(byCode.size());
        byCode.forEach((code, found) -> rejections.add(new Rejection(code, found.detail, found.records)));
        return rejections;
    }
}
