package io.sluice.sim.command;

import io.sluice.sim.fleet.Credentials;
import io.sluice.sim.fleet.Fleet;
import io.sluice.sim.fleet.Fleet.Member;
import io.sluice.sim.fleet.Machine;
import io.sluice.sim.pack.Encoding;
import io.sluice.sim.signal.Kind;
import io.sluice.sim.signal.Personality;
import io.sluice.sim.signal.Plant;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Runs simulated machines until told to stop.",
        footer = {"", "Exit code 0: all acknowledged; 1: something was not, or a device was refused; 2: wrong usage."})
final class RunCommand implements Callable<Integer> {
    @Option(
            names = {"-n", "--devices"},
            description =
                    "The first so many devices of the plant that 'provision' made with the same --prefix. Default:"
                            + " every device of the credentials file")
    @Nullable
    Integer devices;

    @Option(names = "--prefix", defaultValue = "", description = "Of the device ids. Default: none")
    String prefix = "";

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            defaultValue = "5",
            description = "Readings per second and device, of all its metrics together. Default: ${DEFAULT-VALUE}")
    double rate = 5;

    @Option(
            names = "--batch",
            paramLabel = "READINGS",
            defaultValue = "5",
            description = "Readings in one message. Default: ${DEFAULT-VALUE}")
    int batch = 5;

    @Option(
            names = "--faults",
            description =
                    "Every fourth device sends rubbish now and then: out of range, wrong unit or type, wrong clock,"
                            + " broken JSON.")
    boolean faults;

    @Option(
            names = "--server-time",
            description = "Readings bear the time of the server's welcome, as of devices without a clock.")
    boolean serverTime;

    @Option(
            names = "--duration",
            converter = DurationText.class,
            description = "Stop after that time (30s, 5m, 1h). Default: never")
    @Nullable
    Duration duration;

    @Option(
            names = "--until-stdin-closes",
            description = "Stop when standard input ends, so that the simulator never outlives whoever started it.")
    boolean untilStdinCloses;

    @Mixin
    ServerOptions server = new ServerOptions();

    @Mixin
    ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws UsageException, IOException, InterruptedException {
        server.check();
        if (!(rate > 0) || rate > 1_000_000 || batch < 1) {
            throw new UsageException("--rate must be above 0 and --batch 1 or more");
        }
        Credentials credentials = server.load();
        List<String> ids = ids(credentials);
        ServerOptions.demandTokens(ids, credentials);
        if (!report.quiet) {
            System.out.println(
                    ids.size() + " devices to " + server.url + ", " + rate + " readings/s each, seed " + server.seed);
        }
        Session session = new Session("run", server, report, members(ids, credentials), serverTime);
        if (untilStdinCloses) {
            watchStdin(session);
        }
        return session.run(duration, false);
    }

    private List<String> ids(Credentials credentials) throws UsageException {
        List<String> ids = devices == null
                ? new ArrayList<>(credentials.devices())
                : Plant.places(devices, prefix).stream().map(Plant.Place::id).toList();
        if (ids.isEmpty()) {
            throw new UsageException("no devices to run");
        }
        return ids;
    }

    private List<Member> members(List<String> ids, Credentials credentials) {
        Random seeds = new Random(server.seed);
        List<Member> members = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            Encoding encoding = server.encoding.of(i);
            Machine machine = new Machine(
                    id,
                    Kind.of(id, i),
                    Personality.of(i),
                    encoding,
                    rate,
                    batch,
                    faults,
                    Fleet.startsAtMs(i, server.ramp),
                    seeds.nextLong());
            members.add(new Member(id, credentials.token(id), encoding.subprotocol(), machine));
        }
        return members;
    }

    private static void watchStdin(Session session) {
        Thread watcher = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // A broken input is as good as a closed one.
                    }
                    session.stop();
                },
                "stdin");
        watcher.setDaemon(true);
        watcher.start();
    }
}
