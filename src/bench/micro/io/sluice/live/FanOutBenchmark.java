package io.sluice.live;

import io.sluice.live.ClientFrame.Subscribe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One beat: a hundred series have changed, and every subscriber gets his frame. The items are joined once for all that ask the
 * same; what each costs beyond that is the head of his frame.
 */
@State(Scope.Thread)
public class FanOutBenchmark {
    private static final int SUBSCRIBERS = 1_000;
    private static final int SERIES = 100;
    private static final long NOW = 1_000;
    private static final byte[] ITEM =
            ("{\"device\":\"pump-7\",\"metric\":\"temperature\",\"unit\":\"Cel\",\"window\":\"1s\",\"start\":1763632800000,"
                            + "\"count\":20,\"min\":19.25,\"max\":23.5,\"mean\":21.375,\"stddev\":1.25,\"last\":20.5,\"final\":false}")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Pages pages = new Pages(1_000, 262_144);
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Board board = new Board(Channel.ROLLUPS, new BoardLimits(1_000, 1_000, 0, true, Long.MAX_VALUE));
    private long offset;

    @Setup
    public void subscribe() {
        board.begin(1, new long[1]);
        board.caughtUp();
        change();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            Filter filter = new Filter(null, null, Set.of("t"), "1s");
            Subscribe request = new Subscribe(i, Channel.ROLLUPS, filter, Mode.LATEST, 4, null);
            Subscription made = new Subscription(request, board, Rereader.NONE, NOW, NOW, 10_000);
            subscriptions.add(made);
            if (made.next(NOW, pages) == null) {
                throw new IllegalStateException("no snapshot");
            }
        }
        pages.clear();
    }

    private void change() {
        for (int i = 0; i < SERIES; i++) {
            SeriesKey key = new SeriesKey("device-" + i, null, "t", "Cel", "1s");
            board.put(key, 1, false, ITEM, 0, offset++, NOW);
        }
        board.readUpTo(0, offset);
    }

    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public void frame(Blackhole sink) {
        change();
        for (Subscription subscription : subscriptions) {
            Frame frame = subscription.next(NOW, pages);
            if (frame == null) {
                throw new IllegalStateException("nothing new");
            }
            sink.consume(frame.length());
        }
        pages.clear();
    }
}
