package io.sluice.local;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A Sluice that somebody started by a command of the README, in a process tree of its own, and its data folder. */
public final class RunningSluice implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProcessBuilder builder;
    private final Process process;
    private final Path data;
    private final Path log;
    private final int port;
    private final int securePort;
    private final String password;

    private RunningSluice(ProcessBuilder builder, Path data, Path log, int port, int securePort, String password)
            throws IOException {
        this.builder = builder;
        this.process = builder.start();
        this.data = data;
        this.log = log;
        this.port = port;
        this.securePort = securePort;
        this.password = password;
    }

    /** @param environment beside the ports and the data folder, which are given here */
    static RunningSluice start(
            Path directory, Path data, String password, Map<String, String> environment, List<String> command)
            throws IOException {
        int port = freePort();
        int securePort = freePort();
        Path log = Files.createDirectories(directory.resolve("target")).resolve("run-" + System.nanoTime() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        // A given PORT would not be looked at beside it.
        if (!environment.containsKey("PORT")) {
            builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        }
        builder.environment().put("QUARKUS_HTTP_SSL_PORT", Integer.toString(securePort));
        builder.environment().put("SLUICE_DATA_DIR", data.toString());
        return new RunningSluice(builder, data, log, port, securePort, password);
    }

    /** The most memory of the machine that it has held so far, in bytes; 0 where the system does not tell. */
    public long peakResidentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    /** Starts the same once more, on the same ports and data, after it has ended; its log goes on. */
    public RunningSluice startAgain() throws IOException {
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new RunningSluice(builder, data, log, port, securePort, password);
    }

    void awaitReady(Duration limit) {
        awaitReady(limit, "http");
    }

    public void awaitReady(Duration limit, String scheme) {
        await("readiness; log: " + log)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptionsMatching(Exception.class::isInstance)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended: " + Files.readString(log));
                    }
                    return get(scheme, "/q/health/ready").statusCode() == 200;
                });
    }

    /** @param scheme one without {@code s} at its end goes to the plain port */
    public String url(String scheme, String path) {
        return scheme + "://localhost:" + (scheme.endsWith("s") ? securePort : port) + path;
    }

    public int port() {
        return port;
    }

    public int securePort() {
        return securePort;
    }

    public HttpResponse<String> get(String scheme, String path) throws IOException, InterruptedException {
        return client().send(request(scheme, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
        return send("PUT", path, json);
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, json);
    }

    public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "");
    }

    private HttpResponse<String> send(String method, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest request = request("https", path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        return client().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String scheme, String path) {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes());
        return HttpRequest.newBuilder(URI.create(url(scheme, path)))
                .header("Authorization", "Basic " + credentials)
                .timeout(Duration.ofSeconds(20));
    }

    boolean refuses(String scheme) throws InterruptedException {
        try {
            get(scheme, "/q/health/live");
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    public JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get("https", path).body());
    }

    /** A client that trusts the development authority alone, as a user's would. */
    private HttpClient client() {
        try (InputStream in = Files.newInputStream(data.resolve("ca.pem"))) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .sslContext(context)
                    // It covers the TLS handshake, the first of which is slow while everything else starts, too.
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Path data() {
        return data;
    }

    public Process process() {
        return process;
    }

    public String output() throws IOException {
        return Files.readString(log);
    }

    /** Every process that must be gone after a stop: the started tree and PostgreSQL, which leaves its parents. */
    List<ProcessHandle> all() throws IOException {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(process.toHandle());
        process.descendants().forEach(all::add);
        postmaster().ifPresent(all::add);
        return all;
    }

    Optional<ProcessHandle> broker() throws IOException {
        return named(data.resolve("kafka/lock"));
    }

    Optional<ProcessHandle> postmaster() throws IOException {
        return named(data.resolve("postgresql/data/postmaster.pid"));
    }

    /** The process whose id is the first line of the file. */
    private static Optional<ProcessHandle> named(Path file) throws IOException {
        return Files.exists(file)
                ? ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(file).get(0).trim()))
                : Optional.empty();
    }

    public void terminate() {
        process.destroy();
    }

    /** {@code kill -9} of every process it started; PostgreSQL, which is none of them any more, lives on. */
    public void kill() {
        List<ProcessHandle> tree = process.descendants().toList();
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    static void awaitGone(List<ProcessHandle> processes, Duration limit) {
        await("all of " + processes + " gone")
                .atMost(limit)
                .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = all();
        terminate();
        try {
            awaitGone(all, Duration.ofSeconds(30));
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
