package io.sluice.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal that a program can read: {@code application/problem+json} (RFC 9457). The type is always
 * {@code about:blank}, so the title is the status's own phrase; what went wrong stands in the detail.
 *
 * @param detail for a person; never names an internal of the service
 * @param errors which fields of the body were wrong; empty where none
 * @param extensions further members, such as {@code code}; text only
 */
public record Problem(int status, String detail, List<FieldError> errors, Map<String, String> extensions) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonFactory JSON = new JsonFactory();

    public Problem {
        errors = List.copyOf(errors);
        extensions = Map.copyOf(extensions);
    }

    public static Problem of(int status, String detail) {
        return new Problem(status, detail, List.of(), Map.of());
    }

    /** 400 with one entry per wrong field. */
    public static Problem ofFields(List<FieldError> errors) {
        return new Problem(400, "The body breaks the rules of its fields.", errors, Map.of());
    }

    public Problem with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        return new Problem(status, detail, errors, more);
    }

    public String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> status < 500 ? "Client Error" : "Server Error";
        };
    }

    /** The JSON text in UTF-8. Written by hand rather than by reflection, so that it is the same in a native image. */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title());
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            for (Map.Entry<String, String> extension : extensions.entrySet()) {
                json.writeStringField(extension.getKey(), extension.getValue());
            }
            writeErrors(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Answers with it and ends the response; headers that were set before stay. */
    public void send(HttpServerResponse response) {
        response.setStatusCode(status).putHeader("Content-Type", MEDIA_TYPE).end(Buffer.buffer(toBytes()));
    }

    private void writeErrors(JsonGenerator json) throws IOException {
        if (errors.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("errors");
        for (FieldError error : errors) {
            json.writeStartObject();
            json.writeStringField("field", error.field());
            json.writeStringField("detail", error.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * One wrong field.
     *
     * @param field its path in the body, such as {@code metrics[2].min}
     */
    public record FieldError(String field, String detail) {}
}
