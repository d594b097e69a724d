package dev.slipway.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request and the answer that is due.
 *
 * @param numberAt where in the request a number of {@value #DIGITS} digits is written that no other request has; -1 for none
 * @param status that is due
 * @param body that is due, to the byte; null if any will do
 */
record Exchange(byte[] request, int numberAt, int status, byte @Nullable [] body) {
    static final int DIGITS = 16;
    private static final String NUMBER = "0".repeat(DIGITS);
    private static final int CHUNK_BYTES = 16_384;
    private static final int SLOW_ANSWER_BYTES = 1_024;
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    static Exchange of(Order order, String token) {
        int size = order.size();
        return switch (order.work()) {
            case BYTES, IDLE, SLOW_READER -> get(order, "/bytes/" + size, "", Pattern.bytes(size));
            case EVENTS -> get(order, "/events/" + size, "Accept: text/event-stream\r\n", Pattern.events(size));
            case TICKS -> get(order, "/ticks/" + size, "Accept: text/event-stream\r\n", null);
            case SLOW_VERSION -> get(order, "/slow/" + size, "", Pattern.bytes(SLOW_ANSWER_BYTES));
            case UPLOAD -> upload(order);
            case ECHO -> echo(order);
            case API -> get(order, "/api/v1/releases", bearer(token), null);
            case COMMAND ->
                fixed(
                        line(order, "POST", "/api/v1/releases/bench@1.0.0/abort") + bearer(token)
                                + "Content-Type: application/json\r\nContent-Length: 18\r\n\r\n{\"reason\":\"bench\"}",
                        200,
                        null);
            case PUBLISH -> event(order, token);
            case PRODUCE -> throw new IllegalArgumentException("records are not sent by HTTP");
        };
    }

    private static String line(Order order, String method, String path) {
        return "%s %s%s HTTP/1.1\r\nHost: %s\r\nUser-Agent: slipway-bench\r\n"
                .formatted(method, order.prefix(), path, order.host());
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static Exchange get(Order order, String path, String headers, byte @Nullable [] due) {
        return fixed(line(order, "GET", path) + headers + "\r\n", 200, due);
    }

    private static Exchange fixed(String request, int status, byte @Nullable [] due) {
        return new Exchange(request.getBytes(StandardCharsets.US_ASCII), -1, status, due);
    }

    private static Exchange upload(Order order) {
        byte[] body = Pattern.bytes(order.size());
        String head = line(order, "POST", "/upload/" + order.size())
                + "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        var request = new java.io.ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < body.length; at += CHUNK_BYTES) {
            byte[] piece = Arrays.copyOfRange(body, at, Math.min(body.length, at + CHUNK_BYTES));
            request.writeBytes((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(piece);
            request.writeBytes(new byte[] {'\r', '\n'});
        }
        request.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new Exchange(request.toByteArray(), -1, 200, Pattern.received(order.size()));
    }

    private static Exchange echo(Order order) {
        return fixed(
                line(order, "GET", "/echo")
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                101,
                null);
    }

    /** A check of a commit that has passed, as a CI tells it: CDEvents over CloudEvents in binary mode. */
    private static Exchange event(Order order, String token) {
        byte[] body = eventBody();
        String head = line(order, "POST", "/api/v1/events") + bearer(token)
                + "Content-Type: application/json\r\nce-specversion: 1.0\r\nce-id: " + NUMBER
                + "\r\nce-source: /ci/bench\r\nce-type: dev.cdevents.pipelinerun.finished.0.3.0\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        String request = head + new String(body, StandardCharsets.US_ASCII);
        return new Exchange(request.getBytes(StandardCharsets.US_ASCII), head.indexOf(NUMBER), 202, null);
    }

    static byte[] eventBody() {
        return """
            {"context":{"specversion":"0.5.1","id":"bench","source":"/ci/bench",\
            "type":"dev.cdevents.pipelinerun.finished.0.3.0","timestamp":"%s"},\
            "subject":{"id":"bench/%s/unit-tests","source":"/ci/bench",\
            "content":{"pipelineName":"unit-tests","outcome":"success"}},\
            "customDataContentType":"application/json",\
            "customData":{"application":"bench","sha":"%s","check":"unit-tests","attempt":1}}\
            """.formatted(Instant.parse("2026-01-01T00:00:00Z"), SHA, SHA).getBytes(StandardCharsets.US_ASCII);
    }

    /** The number as the request has it. */
    static void write(long number, byte[] request, int at) {
        long rest = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            request[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
