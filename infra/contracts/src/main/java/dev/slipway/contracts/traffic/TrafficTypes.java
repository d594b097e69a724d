package dev.slipway.contracts.traffic;

/** Wire names of traffic messages. */
public final class TrafficTypes {
    public static final String TABLE = "dev.slipway.traffic.split.v1";
    public static final String SAMPLE = "dev.slipway.traffic.sampled.v1";

    private TrafficTypes() {}
}
