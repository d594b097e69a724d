package dev.slipway.proof.fuzz;

import dev.slipway.proof.fuzz.ApiDocument.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, as it goes over the wire.
 *
 * @param operation the operation that it means; null where its path or method is none of the document's
 * @param twisted what was made wrong on purpose, for people; empty for nothing
 */
record ApiRequest(
        @Nullable Operation operation,
        String method,
        String target,
        List<Header> headers,
        byte[] body,
        String twisted) {
    /** Its value goes out byte by byte as UTF-8. */
    record Header(String name, String value) {}

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n".formatted(method, target));
        headers.forEach(header ->
                head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        if (body.length > 0 || List.of("POST", "PUT", "PATCH").contains(method)) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        return out.toByteArray();
    }

    @Override
    public String toString() {
        String shown = new String(body, StandardCharsets.UTF_8);
        return "%s %s (%s) %s %s"
                .formatted(
                        method,
                        target.length() > 300 ? target.substring(0, 300) + "..." : target,
                        twisted.isEmpty() ? "as documented" : twisted,
                        headers.stream()
                                .filter(header -> !header.name().equals("Authorization"))
                                .map(header -> header.name() + ": "
                                        + header.value()
                                                .substring(
                                                        0,
                                                        Math.min(
                                                                80,
                                                                header.value().length())))
                                .toList(),
                        shown.length() > 300 ? shown.substring(0, 300) + "..." : shown);
    }
}
