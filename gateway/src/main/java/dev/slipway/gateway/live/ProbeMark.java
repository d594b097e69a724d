package dev.slipway.gateway.live;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * By what this gateway knows its own probes. They come in like any other request, so they carry in the probe header what
 * nobody else can know; a version sees {@code 1} there, and the header of anyone else never reaches it.
 */
public final class ProbeMark {
    private static final int BYTES = 16;

    private final byte[] value;

    private ProbeMark(byte[] value) {
        this.value = value;
    }

    /** A new one, for the life of this process. */
    public static ProbeMark random(SecureRandom random) {
        byte[] drawn = new byte[BYTES];
        random.nextBytes(drawn);
        return new ProbeMark(HexFormat.of().formatHex(drawn).getBytes(StandardCharsets.US_ASCII));
    }

    /** What a probe of this gateway carries. */
    public String value() {
        return new String(value, StandardCharsets.US_ASCII);
    }

    /** Whether these values of the probe header are this gateway's. */
    public boolean isOn(List<String> header) {
        return header.size() == 1
                && MessageDigest.isEqual(value, header.getFirst().getBytes(StandardCharsets.UTF_8));
    }
}
