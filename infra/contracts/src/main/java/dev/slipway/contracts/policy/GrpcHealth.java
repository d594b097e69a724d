package dev.slipway.contracts.policy;

import java.util.regex.Pattern;

/**
 * An address that stands where a path does and asks gRPC's own health protocol ({@code grpc.health.v1.Health/Check}):
 * {@code grpc://} for the server as a whole, {@code grpc://SERVICE} for one of its services. {@code SERVING} counts as
 * status 200.
 */
public final class GrpcHealth {
    private static final String BEGINS = "grpc://";
    private static final Pattern ADDRESS = Pattern.compile(BEGINS + "[A-Za-z0-9_.]{0,100}");

    private GrpcHealth() {}

    public static boolean isMeant(String asked) {
        return ADDRESS.matcher(asked).matches();
    }

    /** The service that is asked about; empty for the server as a whole. */
    public static String service(String address) {
        return address.substring(BEGINS.length());
    }

    /** What is asked, for people. */
    public static String words(String asked) {
        return isMeant(asked) ? "gRPC health " + asked : "GET " + asked;
    }

    /** Whether this can be asked of a running version at all. */
    static boolean isPathOrMeant(String asked) {
        return asked.startsWith("/") || isMeant(asked);
    }
}
