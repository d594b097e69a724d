package dev.slipway.contracts.validation;

/** Wire names of validation-service's messages. */
public final class ValidationTypes {
    public static final String ASSESS = "dev.slipway.assessment.start.v1";
    public static final String JUDGE = "dev.slipway.judgement.start.v1";
    public static final String STOP_JUDGING = "dev.slipway.judgement.stop.v1";
    public static final String ASSESSMENT_STATUS = "dev.slipway.assessment.changed.v1";
    public static final String JUDGEMENT_STATUS = "dev.slipway.judgement.changed.v1";
    public static final String FORGET_EVIDENCE = "dev.slipway.evidence.forget.v1";
    public static final String EVIDENCE_FORGOTTEN = "dev.slipway.evidence.forgotten.v1";

    private ValidationTypes() {}
}
