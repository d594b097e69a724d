package dev.slipway.gateway.passing;

import dev.slipway.contracts.policy.StatusRule.Meaning;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a gRPC call says of the version. The status of HTTP is 200 whatever became of the call; how it ended
 * stands in {@code grpc-status}, after the last message.
 */
public final class GrpcStatus {
    private static final String TYPE = "application/grpc";

    private GrpcStatus() {}

    /** Whether an answer of this content type ends with a status of gRPC; gRPC-Web has its own in the body, unread here. */
    public static boolean endsWithOne(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        return type.startsWith(TYPE)
                && (type.length() == TYPE.length() || "+; ".indexOf(type.charAt(TYPE.length())) >= 0);
    }

    /**
     * What a call counts as: an error where the version failed, a refusal where it answered that the call cannot be served
     * as it is.
     *
     * @param status as sent; null where the call ended without one, which is a failure (clients call it UNKNOWN)
     */
    public static Meaning meaning(@Nullable String status) {
        return switch (status == null ? "" : status.strip()) {
            case "0", "1" -> Meaning.NEITHER; // OK; CANCELLED, which the client asked for
            case "3", "5", "6", "7", "8", "9", "10", "11", "16" -> Meaning.REFUSAL;
            // UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS
            case "2", "4", "12", "13", "14", "15" -> Meaning.ERROR;
            default -> Meaning.ERROR; // no status of gRPC
        };
    }
}
