package dev.slipway.validation.verdicts;

/** What assessments and the chain say to each other. Local: never on a topic. */
public final class VerdictMessages {
    /** {@link VerdictDraft}, keyed by application. */
    public static final String APPEND = "dev.slipway.verdict.append.v1";
    /** {@link VerdictRecorded}, keyed by assessment. */
    public static final String RECORDED = "dev.slipway.verdict.recorded.v1";

    private VerdictMessages() {}

    /** The verdict of this gate stands in the chain under this hash. */
    public record VerdictRecorded(String gate, String hash) {}
}
