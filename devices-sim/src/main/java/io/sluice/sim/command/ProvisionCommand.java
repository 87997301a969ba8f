package io.sluice.sim.command;

import io.sluice.sim.firmware.DeviceId;
import io.sluice.sim.fleet.Credentials;
import io.sluice.sim.json.JsonText;
import io.sluice.sim.json.JsonTree;
import io.sluice.sim.recording.Recording;
import io.sluice.sim.signal.Plant;
import io.sluice.sim.wire.RestApi;
import io.sluice.sim.wire.RestApi.Answer;
import io.sluice.sim.wire.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "provision",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Creates devices by REST and writes their tokens to a file that only its owner can read.",
        footer = {
            "",
            "Devices that exist keep their token where the file has it; --rotate gives them new ones.",
            "Exit code 0: the file has a token for each device; 1: not so; 2: wrong usage."
        })
final class ProvisionCommand implements Callable<Integer> {
    private static final int CREATED_A_SAVE = 50;
    private static final int CONFLICT = 409;

    @Option(
            names = {"-n", "--devices"},
            defaultValue = "20",
            description = "So many devices of the simulated plant. Default: ${DEFAULT-VALUE}")
    int devices = 20;

    @Option(names = "--prefix", defaultValue = "", description = "Of their ids and groups. Default: none")
    String prefix = "";

    @Option(
            names = "--from-csv",
            paramLabel = "FILE.csv[.gz]",
            description = "The devices of a recording instead; takes the column options of 'replay'.")
    @Nullable
    Path fromCsv;

    @Option(names = "--group", description = "Group of all. Default: line-1, line-2, … or the CSV file's name")
    @Nullable
    String group;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "Create (or replace) that profile with the metrics, units and ranges of these devices, and give"
                            + " it to them. Default: none, the service's 'default' judges them")
    @Nullable
    String profile;

    @Option(
            names = "--readings-per-second",
            defaultValue = "1000",
            description =
                    "Rate that the profile allows each device; its burst is twice that. Default: ${DEFAULT-VALUE}")
    int readingsPerSecond = 1_000;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            defaultValue = ServerOptions.CREDENTIALS,
            description = "Where the tokens go; others in it stay. Default: ${DEFAULT-VALUE}")
    Path file = Path.of(ServerOptions.CREDENTIALS);

    @Option(names = "--rotate", description = "New tokens for devices that exist; the old ones die at once.")
    boolean rotate;

    @Option(
            names = "--api",
            defaultValue = "https://localhost:8443",
            description = "The service. Default: ${DEFAULT-VALUE}")
    URI api = URI.create("https://localhost:8443");

    @Option(
            names = "--ca",
            paramLabel = "PEM",
            description = "Authority that the service's certificate must come from; else those that Java knows.")
    @Nullable
    Path ca;

    @Option(names = "--user", defaultValue = "admin", description = "An administrator. Default: ${DEFAULT-VALUE}")
    String user = "admin";

    @Option(
            names = "--password",
            defaultValue = "${env:SLUICE_ADMIN_PASSWORD}",
            description = "The administrator's; better in SLUICE_ADMIN_PASSWORD or a file, where nobody else sees it.",
            showDefaultValue = Help.Visibility.NEVER)
    @Nullable
    String password;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File with the password on its first line.")
    @Nullable
    Path passwordFile;

    @Mixin
    RecordingOptions layout = new RecordingOptions();

    private record NewDevice(String id, String group) {}

    @Override
    public Integer call() throws UsageException, IOException, InterruptedException {
        check();
        Recording recording = fromCsv == null ? null : layout.load(fromCsv);
        List<NewDevice> wanted = wanted(recording);
        RestApi rest = new RestApi(api, Trust.of(ca), user, secret());
        Credentials credentials = Files.exists(file) ? Credentials.load(file) : new Credentials();
        if (profile != null && !putProfile(rest, recording)) {
            return 1;
        }
        return create(rest, wanted, credentials);
    }

    private int create(RestApi rest, List<NewDevice> wanted, Credentials credentials)
            throws IOException, InterruptedException {
        int created = 0;
        int rotated = 0;
        int kept = 0;
        int failed = 0;
        int unsaved = 0;
        try {
            for (NewDevice device : wanted) {
                Answer answer = rest.post("/api/devices", body(device));
                boolean exists = answer.status() == CONFLICT;
                if (exists && !rotate && credentials.token(device.id()) != null) {
                    kept++;
                    continue;
                }
                if (exists && rotate) {
                    answer = rest.post("/api/devices/" + device.id() + "/token", "");
                }
                String token = JsonTree.text(answer.body(), "token", "");
                if (!answer.isOk() || token.isEmpty()) {
                    failed++;
                    System.err.println(device.id() + ": " + why(answer, exists));
                    if (answer.status() == 401 || answer.status() == 403) {
                        break;
                    }
                    continue;
                }
                credentials.put(device.id(), token);
                created += exists ? 0 : 1;
                rotated += exists ? 1 : 0;
                // A token is told once: what has been created must not be lost with a crash.
                if (++unsaved == CREATED_A_SAVE) {
                    credentials.save(file);
                    unsaved = 0;
                }
            }
        } finally {
            if (unsaved > 0) {
                credentials.save(file);
            }
        }
        System.out.printf(
                "%d devices: %d created, %d with new tokens, %d kept, %d failed; tokens in %s%n",
                wanted.size(), created, rotated, kept, failed, file);
        return failed == 0 ? 0 : 1;
    }

    private String why(Answer answer, boolean exists) {
        return exists && !rotate
                ? "exists, and its token is not in " + file + " (--rotate gives it a new one)"
                : answer.sentence();
    }

    private boolean putProfile(RestApi rest, @Nullable Recording recording) throws IOException, InterruptedException {
        Map<String, Object> body = recording == null
                ? ProfileBody.ofPlant(readingsPerSecond)
                : ProfileBody.of(recording, readingsPerSecond);
        Answer answer = rest.put("/api/profiles/" + profile, JsonText.of(body));
        if (!answer.isOk()) {
            System.err.println("profile " + profile + ": " + answer.sentence());
        }
        return answer.isOk();
    }

    private List<NewDevice> wanted(@Nullable Recording recording) {
        List<NewDevice> wanted = new ArrayList<>();
        if (recording != null && fromCsv != null) {
            String name = group == null ? RecordingOptions.name(fromCsv) : group;
            recording.tracks().forEach(track -> wanted.add(new NewDevice(track.device(), name)));
        } else {
            for (Plant.Place place : Plant.places(devices, prefix)) {
                wanted.add(new NewDevice(place.id(), group == null ? place.group() : group));
            }
        }
        return wanted;
    }

    private String body(NewDevice device) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", device.id());
        body.put(
                "name",
                device.id().substring(0, 1).toUpperCase(Locale.ROOT)
                        + device.id().substring(1).replace('-', ' '));
        body.put("group", device.group());
        if (profile != null) {
            body.put("profile", profile);
        }
        body.put("enabled", true);
        return JsonText.of(body);
    }

    private void check() throws UsageException {
        if (!"https".equals(api.getScheme()) && !"http".equals(api.getScheme())) {
            throw new UsageException("--api must be https:// or http://");
        }
        for (String name : new String[] {profile, group, prefix.isEmpty() ? null : prefix}) {
            if (name != null && !DeviceId.isValid(name)) {
                throw new UsageException("'" + name + "' is not 1-64 of A-Z a-z 0-9 . _ -, the first alphanumeric");
            }
        }
        if (devices < 1 || readingsPerSecond < 1) {
            throw new UsageException("--devices and --readings-per-second must be 1 or more");
        }
    }

    private String secret() throws UsageException, IOException {
        if (passwordFile != null) {
            return Files.readAllLines(passwordFile).stream().findFirst().orElse("");
        }
        if (password == null || password.isEmpty()) {
            throw new UsageException("no password: set SLUICE_ADMIN_PASSWORD, or give --password-file");
        }
        return password;
    }
}
