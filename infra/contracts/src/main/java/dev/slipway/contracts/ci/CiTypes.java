package dev.slipway.contracts.ci;

/** Prefixes of the CDEvents types that Slipway reads; their version suffix may be any. */
public final class CiTypes {
    public static final String ARTIFACT_PUBLISHED = "dev.cdevents.artifact.published.";
    public static final String PIPELINE_RUN_FINISHED = "dev.cdevents.pipelinerun.finished.";
    /** A pipeline run waits for its turn; it may never have begun to be told of. */
    public static final String PIPELINE_RUN_QUEUED = "dev.cdevents.pipelinerun.queued.";

    public static final String PIPELINE_RUN_STARTED = "dev.cdevents.pipelinerun.started.";
    /** A change was merged into a branch; with {@link Pushed} as customData it says that the source branch has moved. */
    public static final String CHANGE_MERGED = "dev.cdevents.change.merged.";
    /** A branch was created, moved or deleted; as {@link #CHANGE_MERGED}. */
    public static final String BRANCH = "dev.cdevents.branch.";
    /** A ticket was made; with {@link FeedbackGiven} as customData it says what users say of a release. */
    public static final String TICKET_CREATED = "dev.cdevents.ticket.created.";
    /** The gateway's own: a proposal made through {@code POST /api/v1/releases}. */
    public static final String RELEASE_PROPOSED = "dev.slipway.release.propose.v1";

    private CiTypes() {}
}
