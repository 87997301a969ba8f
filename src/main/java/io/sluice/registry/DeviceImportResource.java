package io.sluice.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.sluice.platform.AnswerFields;
import io.sluice.platform.JsonAnswer;
import io.sluice.platform.Problem.FieldError;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Bulk import: one device a line in, one answer a line out, in the same order. What is wrong with a line stops no other. */
@Path("/api/devices/import")
@Tag(name = "Registry")
@Cancellable(false)
class DeviceImportResource {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DeviceImport devices;
    private final DirectoryRefresh directory;
    private final RegistryConfig.ImportConfig config;
    private final ObjectMapper json;
    private final ObjectReader reader;

    DeviceImportResource(DeviceImport devices, DirectoryRefresh directory, RegistryConfig config, ObjectMapper json) {
        this.devices = devices;
        this.directory = directory;
        this.config = config.importing();
        this.json = json;
        this.reader = json.readerFor(DeviceBody.class);
    }

    /**
     * @param line 1 for the first
     * @param status 201, or why it was not created
     */
    record Answer(
            int line,
            @Nullable String id,
            int status,
            @Nullable String token,
            @Nullable String detail) implements JsonAnswer {
        @Override
        public void write(AnswerFields fields) throws IOException {
            fields.whole("line", line)
                    .text("id", id)
                    .whole("status", status)
                    .text("token", token)
                    .text("detail", detail);
        }
    }

    private record Line(int number, DeviceRow row) {}

    @POST
    @Blocking
    @RolesAllowed("admin")
    @Consumes({"application/x-ndjson", "application/jsonl", "application/json", "text/plain", "application/octet-stream"
    })
    @Produces("application/x-ndjson")
    @Operation(summary = "Creates many devices: JSON lines in, JSON lines with tokens out")
    @APIResponse(
            responseCode = "200",
            description = "A line for each line",
            content = @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = Answer.class)))
    public StreamingOutput create(InputStream body) {
        return out -> {
            BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            List<Answer> refused = new ArrayList<>();
            List<Line> batch = new ArrayList<>();
            int number = 0;
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                if (!text.isBlank()) {
                    take(number, text, batch, refused);
                }
                if (batch.size() + refused.size() >= config.batch() && !store(batch, refused, out)) {
                    return;
                }
            }
            store(batch, refused, out);
        };
    }

    private void take(int number, String text, List<Line> batch, List<Answer> refused) {
        if (text.length() > config.maxLine()) {
            refused.add(new Answer(number, null, 400, null, "longer than " + config.maxLine() + " characters"));
            return;
        }
        DeviceBody device;
        try {
            device = reader.readValue(text);
        } catch (JacksonException e) {
            refused.add(new Answer(number, null, 400, null, "no JSON object with the fields of a device"));
            return;
        }
        if (device == null) {
            refused.add(new Answer(number, null, 400, null, "no JSON object with the fields of a device"));
            return;
        }
        List<FieldError> errors = device.check().found();
        if (!errors.isEmpty()) {
            String detail = errors.stream()
                    .map(error -> error.field() + " " + error.detail())
                    .collect(Collectors.joining("; "));
            refused.add(new Answer(number, null, 400, null, detail));
            return;
        }
        String id = String.valueOf(device.id());
        if (batch.stream().anyMatch(line -> line.row().id.equals(id))) {
            refused.add(new Answer(number, id, 409, null, "stands twice"));
            return;
        }
        DeviceRow row = new DeviceRow();
        row.id = id;
        device.copyTo(row);
        batch.add(new Line(number, row));
    }

    /** Stores a batch and answers it; false where the database failed, after which the rest is not tried. */
    private boolean store(List<Line> batch, List<Answer> refused, OutputStream out) throws IOException {
        List<Answer> answers = new ArrayList<>(refused);
        boolean stored = true;
        try {
            answers.addAll(create(batch));
        } catch (RuntimeException e) {
            RegistryLog.LOG.importFailed(e.toString());
            batch.forEach(line -> answers.add(new Answer(
                    line.number(), line.row().id, 503, null, "not stored; nor was anything after this batch")));
            stored = false;
        }
        answers.sort((a, b) -> Integer.compare(a.line(), b.line()));
        for (Answer answer : answers) {
            out.write(json.writeValueAsBytes(answer));
            out.write('\n');
        }
        out.flush();
        batch.clear();
        refused.clear();
        return stored;
    }

    private List<Answer> create(List<Line> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        Set<String> wanted = batch.stream().map(line -> line.row().profile).collect(Collectors.toSet());
        Set<String> known = devices.profiles(wanted).await().atMost(PATIENCE);
        List<DeviceRow> good = batch.stream()
                .map(Line::row)
                .filter(row -> known.contains(row.profile))
                .toList();
        Map<String, DeviceToken> tokens = devices.create(good).await().atMost(PATIENCE);
        directory.settleDevices(tokens.keySet()).await().atMost(PATIENCE);
        return batch.stream().map(line -> answer(line, tokens, known)).toList();
    }

    private static Answer answer(Line line, Map<String, DeviceToken> tokens, Set<String> profiles) {
        String id = line.row().id;
        DeviceToken token = tokens.get(id);
        if (token != null) {
            return new Answer(line.number(), id, 201, token.text(), null);
        }
        return profiles.contains(line.row().profile)
                ? new Answer(line.number(), id, 409, null, "exists already")
                : new Answer(line.number(), id, 400, null, "there is no profile " + line.row().profile);
    }
}
