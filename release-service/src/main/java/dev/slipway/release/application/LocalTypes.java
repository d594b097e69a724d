package dev.slipway.release.application;

/** Names of the messages between an application and its releases. They never leave this service. */
public final class LocalTypes {
    /** Application to release: {@link Launch}. */
    public static final String LAUNCH = "dev.slipway.release.launch.v1";

    /** Application to release: {@link Supersede}. */
    public static final String SUPERSEDE = "dev.slipway.release.supersede.v1";

    /** Release to application: {@link Moved}. */
    public static final String MOVED = "dev.slipway.release.moved.v1";

    private LocalTypes() {}
}
