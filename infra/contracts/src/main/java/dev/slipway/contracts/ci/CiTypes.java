package dev.slipway.contracts.ci;

/** Prefixes of the CDEvents types that Slipway reads; their version suffix may be any. */
public final class CiTypes {
    public static final String ARTIFACT_PUBLISHED = "dev.cdevents.artifact.published.";
    public static final String PIPELINE_RUN_FINISHED = "dev.cdevents.pipelinerun.finished.";
    /** The gateway's own: a proposal made through {@code POST /api/v1/releases}. */
    public static final String RELEASE_PROPOSED = "dev.slipway.release.propose.v1";

    private CiTypes() {}
}
