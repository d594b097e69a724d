package dev.slipway.contracts.ci;

/** CloudEvents extensions that the gateway adds to CI events. */
public final class CiHeaders {
    /** The verified identity that published the event: email of the token, or its subject. Kafka header {@code ce_publisher}. */
    public static final String PUBLISHER = "publisher";

    private CiHeaders() {}
}
