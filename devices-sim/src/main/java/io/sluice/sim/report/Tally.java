package io.sluice.sim.report;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a whole fleet did, counted. Any thread. */
public final class Tally {
    /** Words come from the server, so their number is bounded; what exceeds it is counted as {@code (other)}. */
    private static final int MOST_WORDS = 64;

    public final LongAdder produced = new LongAdder();
    public final LongAdder sent = new LongAdder();
    public final LongAdder sentRecords = new LongAdder();
    public final LongAdder resent = new LongAdder();
    public final LongAdder acknowledged = new LongAdder();
    public final LongAdder acknowledgedRecords = new LongAdder();
    public final LongAdder rejectedRecords = new LongAdder();
    public final LongAdder dropped = new LongAdder();
    public final LongAdder connects = new LongAdder();
    public final LongAdder reconnects = new LongAdder();
    public final LongAdder slowdowns = new LongAdder();
    public final LongAdder goaways = new LongAdder();
    public final AtomicInteger online = new AtomicInteger();
    public final Latencies ackLatency = new Latencies();

    private final Map<String, LongAdder> rejectMessages = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> rejectRecords = new ConcurrentHashMap<>();
    private final Map<String, String> rejectExamples = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> closes = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> unreachable = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> drops = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> oddities = new ConcurrentHashMap<>();

    public void rejected(String code, String detail, int records) {
        rejectedRecords.add(records);
        count(rejectMessages, code, 1);
        count(rejectRecords, code, records);
        if (rejectExamples.size() < MOST_WORDS) {
            rejectExamples.putIfAbsent(code, detail);
        }
    }

    public void closed(int code) {
        count(closes, Integer.toString(code), 1);
    }

    public void refused(int status) {
        count(refusals, Integer.toString(status), 1);
    }

    public void unreachable(String why) {
        count(unreachable, why, 1);
    }

    public void dropped(String why) {
        dropped.increment();
        count(drops, why, 1);
    }

    public void oddity(String what) {
        count(oddities, what, 1);
    }

    public Map<String, Long> rejectMessages() {
        return sums(rejectMessages);
    }

    public long rejectRecords(String code) {
        @Nullable LongAdder records = rejectRecords.get(code);
        return records == null ? 0 : records.sum();
    }

    /** What the server said the first time. */
    public String rejectExample(String code) {
        return rejectExamples.getOrDefault(code, "");
    }

    public Map<String, Long> closes() {
        return sums(closes);
    }

    public Map<String, Long> refusals() {
        return sums(refusals);
    }

    public Map<String, Long> unreachable() {
        return sums(unreachable);
    }

    public Map<String, Long> drops() {
        return sums(drops);
    }

    public Map<String, Long> oddities() {
        return sums(oddities);
    }

    private static void count(Map<String, LongAdder> words, String word, long by) {
        String known = words.containsKey(word) || words.size() < MOST_WORDS ? word : "(other)";
        words.computeIfAbsent(known, fresh -> new LongAdder()).add(by);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> words) {
        Map<String, Long> sums = new TreeMap<>();
        words.forEach((word, count) -> sums.put(word, count.sum()));
        return sums;
    }
}
