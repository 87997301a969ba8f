package io.sluice.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Devices in an open loop, as a process of its own: sends to warm up, sends for as long as is measured, tells what was
 * acknowledged, and stays until it is ended. Arguments: address, messages a second of all, readings of a message, seed, ms of
 * warm-up, ms to measure, and a credential for each device.
 */
final class SteadyLoad {
    private static final int FIXED_ARGUMENTS = 6;
    /** Sluice's own; a device beyond it would not be read. */
    static final int WINDOW = 256;

    /**
     * What it tells.
     *
     * @param messages acknowledged, those of the warm-up included
     * @param delays from due to acknowledged, in µs, of what was measured
     */
    record Result(long messages, Histogram delays) {
        static Result parse(String line) throws DataFormatException {
            String[] parts = line.split(" ");
            ByteBuffer delays = ByteBuffer.wrap(Base64.getDecoder().decode(parts[1]));
            return new Result(Long.parseLong(parts[0]), Histogram.decodeFromCompressedByteBuffer(delays, 0));
        }

        String format() {
            ByteBuffer octets = ByteBuffer.allocate(delays.getNeededByteBufferCapacity());
            int length = delays.encodeIntoCompressedByteBuffer(octets);
            return messages + " " + Base64.getEncoder().encodeToString(Arrays.copyOf(octets.array(), length));
        }
    }

    /**
     * What it sends.
     *
     * @param devices over which the messages are spread
     * @param messagesPerSecond of all of them
     * @param readings of a message
     */
    record Shape(int devices, int messagesPerSecond, int readings, long seed, long warmUpMillis, long millis) {}

    private SteadyLoad() {}

    /** The names of its devices, as the server has to know them. */
    static List<String> devices(int count) {
        return IntStream.range(0, count).mapToObj(i -> "steady-" + i).toList();
    }

    /** Ready when it begins to send. */
    static ChildProcess start(Surroundings surroundings, Server server, Shape shape) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                Surroundings.benchmarkClassPath(),
                SteadyLoad.class.getName(),
                server.address(),
                Integer.toString(shape.messagesPerSecond()),
                Integer.toString(shape.readings()),
                Long.toString(shape.seed()),
                Long.toString(shape.warmUpMillis()),
                Long.toString(shape.millis())));
        for (String device : devices(shape.devices())) {
            command.add(server.authorization(device));
        }
        return ChildProcess.java(surroundings.log("load"), Map.of(), command);
    }

    public static void main(String[] arguments) throws Exception {
        Random random = new Random(Long.parseLong(arguments[3]));
        Messages messages = Messages.ofNow(Integer.parseInt(arguments[2]), random);
        List<Socket> sockets = Arrays.stream(arguments)
                .skip(FIXED_ARGUMENTS)
                .map(credential -> Socket.ingest(arguments[0], credential))
                .toList();
        long period = TimeUnit.SECONDS.toNanos(1) * sockets.size() / Long.parseLong(arguments[1]);
        EventLoopGroup loops = new NioEventLoopGroup(1);
        Fleet fleet = Fleet.connect(
                loops,
                sockets,
                () -> new DeviceSocket(messages, Pace.openLoop(period, random.nextLong(period)), WINDOW));
        System.out.println(ChildProcess.READY + arguments[0]);
        try {
            long warmedBy = fleet.run(Long.parseLong(arguments[4])).getTotalCount();
            Histogram delays = fleet.run(Long.parseLong(arguments[5]));
            System.out.println(ChildProcess.RESULT + new Result(warmedBy + delays.getTotalCount(), delays).format());
        } catch (Exception less) {
            // A load that is less than it should be measures nothing.
            less.printStackTrace();
            System.exit(1);
        }
    }
}
