package io.sluice.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.platform.ReadGate.Reason;
import io.sluice.protocol.CloseCode;
import io.sluice.protocol.Encoding;
import io.sluice.protocol.Limits;
import io.sluice.registry.Admission;
import io.sluice.registry.DirectoryEntry;
import io.sluice.senml.DecoderLimits;
import io.sluice.telemetry.Profile;
import io.sluice.telemetry.Rules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session with a socket, a log and a clock that a test moves. */
final class SessionFixture implements Outlet, Timers {
    private record Task(long at, long order, Runnable action) {}

    final FakeLog log;
    final Set<Reason> pauses = EnumSet.noneOf(Reason.class);
    final List<String> sent = new ArrayList<>();
    final Session session;

    @Nullable
    CloseCode closed;

    boolean holding;
    int taken;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long nowMs = 1_763_632_800_000L;
    private long order;

    SessionFixture(int window, long next, FakeLog log, Profile profile) {
        this.log = log;
        FakeDirectory directory = new FakeDirectory().with(new DirectoryEntry("pump-7", "line-3", profile, true));
        Admission.Admitted admitted = (Admission.Admitted) directory.authenticate("pump-7", "token-pump-7");
        DeviceLink link =
                new DeviceLink(directory, admitted, new DeviceMemory(500), 1, "session-1", "epoch-1", false, next);
        SessionLimits limits = new SessionLimits(new Limits(window, 65_536, 1_000, 25), 1 << 20, 5_000, 30_000, 20);
        IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry(), new Connections(), log);
        PackJudge judge = new PackJudge(DecoderLimits.DEFAULT, new Rules(300, 604_800));
        session = new Session(link, Encoding.JSON, limits, judge, log, log.lane(Runnable::run), this, this, metrics);
    }

    static SessionFixture withWindow(int window) {
        return new SessionFixture(window, 1, new FakeLog(), Profile.DEFAULT);
    }

    void pack() {
        message("[{\"n\":\"temperature\",\"v\":1}]");
    }

    void message(String json) {
        session.message(json.getBytes(StandardCharsets.UTF_8), true);
    }

    /** What was sent since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    void pass(long millis) {
        long until = nowMs + millis;
        while (!tasks.isEmpty() && tasks.peek().at() <= until) {
            Task task = tasks.remove();
            nowMs = task.at();
            task.action().run();
        }
        nowMs = until;
    }

    @Override
    public void send(byte[] frame) {
        sent.add(new String(frame, StandardCharsets.UTF_8));
    }

    @Override
    public void close(CloseCode code, String reason) {
        if (closed != null) {
            throw new IllegalStateException("closed twice");
        }
        closed = code;
    }

    @Override
    public void pause(Reason reason) {
        pauses.add(reason);
    }

    @Override
    public void resume(Reason reason) {
        pauses.remove(reason);
    }

    @Override
    public void taken() {
        taken++;
    }

    @Override
    public boolean isHoldingSeveral() {
        return holding;
    }

    @Override
    public long nanos() {
        return nowMs * 1_000_000;
    }

    @Override
    public long millis() {
        return nowMs;
    }

    @Override
    public void after(long millis, Runnable task) {
        tasks.add(new Task(nowMs + millis, order++, task));
    }

    @Override
    public void ackDue(Session due) {
        after(50, due::sendDueAck);
    }
}
