package dev.slipway.contracts.deployment;

/**
 * What a machine tells, beside the values of placeholders, to whoever asks for it in {@link StartRollout#placeholders}: what
 * is needed to see that two environments share nothing. No program is told any of it, and no policy can use it.
 */
public final class Told {
    /**
     * Begins the name under which the fingerprint of one of the application's secrets is told, whether the version gets it or
     * not. Fingerprints of one machine can be compared with each other; a secret that cannot be read is left out.
     */
    public static final String FINGERPRINT = "fingerprint.";

    /** Ports of the application's versions that run in other environments of the machine, with commas between; may be empty. */
    public static final String PORTS_BESIDE = "beside.ports";

    /** Working folders of the same versions, with line breaks between; may be empty. */
    public static final String FOLDERS_BESIDE = "beside.folders";

    private Told() {}

    /** Whether it is one of these rather than a placeholder. */
    public static boolean isMeant(String name) {
        return name.startsWith(FINGERPRINT) || name.equals(PORTS_BESIDE) || name.equals(FOLDERS_BESIDE);
    }
}
