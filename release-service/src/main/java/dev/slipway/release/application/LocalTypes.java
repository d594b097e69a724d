package dev.slipway.release.application;

/** Names of the messages between an application and its releases. They never leave this service. */
public final class LocalTypes {
    /** Application to release: {@link Launch}. */
    public static final String LAUNCH = "dev.slipway.release.launch.v1";

    /** Application to release: {@link Supersede}. */
    public static final String SUPERSEDE = "dev.slipway.release.supersede.v1";

    /** Application to release: {@link Hold}. */
    public static final String HOLD = "dev.slipway.release.hold.v1";

    /** Application to release: {@link Freezes}. */
    public static final String FREEZES = "dev.slipway.release.freezes.v1";

    /** Release to application: {@link Moved}. */
    public static final String MOVED = "dev.slipway.release.moved.v1";

    /** Release to the release that it fixes: {@link FixedBy}. */
    public static final String FIXED_BY = "dev.slipway.release.fixedby.v1";

    /** Application to what one of its keys led to: {@link Answer.Given}. */
    public static final String ANSWER = "dev.slipway.release.answer.v1";

    private LocalTypes() {}
}
