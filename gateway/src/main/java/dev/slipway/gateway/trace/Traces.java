package dev.slipway.gateway.intake;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Begins a trace (W3C Trace Context) where the sender has none, so that each event can be followed through Slipway. */
record Traces(RandomGenerator random) {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    String begin() {
        return "00-" + hex(TRACE_BYTES) + "-" + hex(SPAN_BYTES) + "-01";
    }

    private String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
