package dev.slipway.contracts.release;

/** Wire names of release-service's messages. */
public final class ReleaseTypes {
    public static final String RELEASE_STATUS = "dev.slipway.release.changed.v1";

    private ReleaseTypes() {}
}
