package dev.slipway.web.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of {@code grpc.health.v1.Health/Check}: one text goes out, one number comes back. */
final class GrpcHealthCheck {
    static final String PATH = "/grpc.health.v1.Health/Check";
    static final int ANSWER_BYTES_MAX = 1_024;

    private static final int PREFIX_BYTES = 5;
    private static final int FIELD_1_TEXT = 0x0a;
    private static final int FIELD_1_NUMBER = 0x08;
    private static final int TEXT_BYTES_MAX = 127; // a length of one byte
    private static final int SERVING = 1;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private GrpcHealthCheck() {}

    /** A HealthCheckRequest with its prefix. */
    static byte[] message(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        if (name.length > TEXT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "A service's name has at most %d bytes, this one has %d".formatted(TEXT_BYTES_MAX, name.length));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 0, (byte) (name.length == 0 ? 0 : name.length + 2)});
        if (name.length > 0) {
            bytes.write(FIELD_1_TEXT);
            bytes.write(name.length);
            bytes.writeBytes(name);
        }
        return bytes.toByteArray();
    }

    /**
     * What an answer says, as a status of HTTP.
     *
     * @param callStatus {@code grpc-status} of head or trailers, null where there is none
     */
    static Http2Client.Answer answer(int status, @Nullable String callStatus, byte[] body) {
        return new Http2Client.Answer(status == OK ? said(callStatus, body) : status, new byte[0], "");
    }

    private static int said(@Nullable String callStatus, byte[] body) {
        return switch (callStatus == null ? "" : callStatus) {
            case "0" -> serving(body) ? OK : UNAVAILABLE;
            case "4" -> 504; // DEADLINE_EXCEEDED
            case "5" -> 404; // NOT_FOUND: a service that the server does not know
            case "7" -> 403; // PERMISSION_DENIED
            case "12" -> 501; // UNIMPLEMENTED: it does not speak this protocol
            case "14" -> UNAVAILABLE;
            case "16" -> 401; // UNAUTHENTICATED
            default -> 500;
        };
    }

    private static boolean serving(byte[] body) {
        return body.length >= PREFIX_BYTES + 2
                && body[PREFIX_BYTES] == FIELD_1_NUMBER
                && body[PREFIX_BYTES + 1] == SERVING;
    }
}
